"""What is measured and asked of a participant at baseline and after the training: the table."""

from typing import Final

from server.study.fields.field import Field, Kind, Section, by_name
from server.study.fields.words import label
from server.study.measured_heart import AGE_YEARS, MAX_BPM, REST_BPM

_NUMBER, _CHOICE, _CHOICES = Kind.NUMBER, Kind.CHOICE, Kind.CHOICES
_BODY, _DISEASE, _HEART = Section.BODY, Section.DISEASE, Section.HEART
_MEDICINE, _LIFE = Section.MEDICINE, Section.LIFE

YES_NO: Final = {"yes": label("yes"), "no": label("no")}
SEXES: Final = {"female": label("female"), "male": label("male")}
BODY_METHODS: Final = {
    "bia": label("bioelectrical impedance"),
    "dxa": label("DXA"),
    "skinfolds": label("skinfolds"),
    "other": label("another one"),
}
REST_SOURCES: Final = {
    "seated_5_min": label("seated for 5 minutes"),
    "supine_10_min": label("lying for 10 minutes"),
    "ecg": label("ECG"),
    "other": label("another one"),
}
# The formulas are those of `server.study.measured_heart.Formula`: with one, nothing was measured.
MAX_SOURCES: Final = {
    "exercise_test": label("exercise test"),
    "tanaka": label("Tanaka's formula, from her age"),
    "gulati": label("Gulati's formula, from her age"),
    "nes": label("Nes's formula, from her age"),
}
THERAPIES: Final = {
    "none": label("none"),
    "interferon_beta": label("interferon beta"),
    "peginterferon_beta": label("peginterferon beta"),
    "glatiramer": label("glatiramer acetate"),
    "dimethyl_fumarate": label("dimethyl fumarate"),
    "teriflunomide": label("teriflunomide"),
    "fingolimod": label("fingolimod"),
    "siponimod": label("siponimod"),
    "ozanimod": label("ozanimod"),
    "ponesimod": label("ponesimod"),
    "cladribine": label("cladribine"),
    "natalizumab": label("natalizumab"),
    "ocrelizumab": label("ocrelizumab"),
    "ofatumumab": label("ofatumumab"),
    "rituximab": label("rituximab"),
    "alemtuzumab": label("alemtuzumab"),
    "other": label("another one"),
}
DRUGS: Final = {
    "none": label("none"),
    "antidepressant": label("antidepressant"),
    "anticonvulsant": label("anticonvulsant"),
    "baclofen": label("baclofen"),
    "beta_blocker": label("beta blocker"),
    "corticosteroid": label("corticosteroid"),
    "fampridine": label("fampridine"),
    "statin": label("statin"),
    "thyroid_hormone": label("thyroid hormone"),
    "tizanidine": label("tizanidine"),
    "vitamin_d": label("vitamin D"),
    "other": label("another one"),
}
SMOKING: Final = {"never": label("never"), "former": label("formerly"), "current": label("now")}
MENOPAUSE: Final = {
    "pre": label("before menopause"),
    "peri": label("around menopause"),
    "post": label("after menopause"),
    "surgical": label("after removal of the ovaries"),
}
CONTRACEPTION: Final = {
    "none": label("none"),
    "combined_hormonal": label("combined hormonal"),
    "progestin_only": label("progestin only"),
    "hormonal_iud": label("hormonal coil"),
    "copper_iud": label("copper coil"),
    "other_non_hormonal": label("another one without hormones"),
}

# Soft limits are those in which a typing mistake is likelier than a woman: nothing is refused.
MEASURED: Final = (
    Field("measured_on", label("Day of measurement"), Kind.DATE, _BODY),
    Field("age_y", label("Age"), _NUMBER, _BODY, "years", AGE_YEARS, (30, 50),
          source="the study's ages of inclusion"),
    Field("sex", label("Sex"), _CHOICE, _BODY, choices=SEXES),
    Field("height_cm", label("Height"), _NUMBER, _BODY, "cm", (120, 220), (145, 185)),
    Field("weight_kg", label("Weight"), _NUMBER, _BODY, "kg", (30, 250), (40, 110)),
    Field("bmi", label("Body mass index"), _NUMBER, _BODY, "kg/m²", (10, 80), (16, 40),
          source="weight ÷ height²; worked out where it isn't entered"),
    Field("fat_pct", label("Body fat"), _NUMBER, _BODY, "%", (2, 70), (12, 50)),
    Field("fat_free_mass_kg", label("Fat-free mass"), _NUMBER, _BODY, "kg", (15, 150), (28, 75)),
    Field("body_method", label("Method of body composition"), _CHOICE, _BODY,
          choices=BODY_METHODS),
    Field("edss", label("EDSS"), _NUMBER, _DISEASE, "", (0, 10), (0, 6), 0.5, (0.5,),
          source="Kurtzke 1983: 0, then 1 to 10 in half steps; there is no 0.5"),
    Field("relapse_3mo", label("Relapse in the last 3 months"), _CHOICE, _DISEASE,
          choices=YES_NO),
    Field("relapse_on", label("First day of the last relapse"), Kind.DATE, _DISEASE),
    Field("steroids_3mo", label("Steroids in the last 3 months"), _CHOICE, _DISEASE,
          choices=YES_NO),
    Field("steroids_last_on", label("Last day of steroids"), Kind.DATE, _DISEASE),
    Field("hr_rest_bpm", label("Resting heart rate"), _NUMBER, _HEART, "bpm", REST_BPM, (45, 100)),
    Field("hr_rest_source", label("How the resting heart rate was taken"), _CHOICE, _HEART,
          choices=REST_SOURCES),
    Field("hr_max_bpm", label("Maximum heart rate"), _NUMBER, _HEART, "bpm", MAX_BPM, (140, 210)),
    Field("hr_max_source", label("Where the maximum heart rate comes from"), _CHOICE, _HEART,
          choices=MAX_SOURCES),
    Field("dmt", label("Disease-modifying therapy"), _CHOICE, _MEDICINE, choices=THERAPIES),
    Field("dmt_text", label("Disease-modifying therapy, more"), Kind.TEXT, _MEDICINE),
    Field("other_drugs", label("Other drugs"), _CHOICES, _MEDICINE, choices=DRUGS),
    Field("other_drugs_text", label("Other drugs, more"), Kind.TEXT, _MEDICINE),
    Field("smoking", label("Smoking"), _CHOICE, _LIFE, choices=SMOKING),
    Field("cigarettes_per_day", label("Cigarettes a day"), _NUMBER, _LIFE, "", (0, 100), (0, 40)),
    Field("menopause", label("Menopause"), _CHOICE, _LIFE, choices=MENOPAUSE),
    Field("contraception", label("Contraception"), _CHOICE, _LIFE, choices=CONTRACEPTION),
)  # fmt: skip
MEASURED_BY_NAME: Final = by_name(MEASURED)
