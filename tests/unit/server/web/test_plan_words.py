from server.web.catalogue.spoken import speaking
from server.web.plan_words import say_id, say_plan

PLAN = {
    "planned": {
        "language": "en",
        "stations": [{"exercise": "sit-to-stand", "name": "Sit-to-stand", "cue": "Own words"}],
    },
    "effort": {"scale": "borg_6_20", "words": {"6": "very low", "20": "Our own end"}},
    "people": [{"name": "Sit-to-stand"}],
}


def test_f48_names_of_the_shipped_plan_are_persian_and_a_studys_own_stay() -> None:
    with speaking("fa"):
        said = say_plan(PLAN)
    station = said["planned"]["stations"][0]
    assert station["name"] == "نشستن و برخاستن"
    assert (station["exercise"], station["cue"]) == ("sit-to-stand", "Own words")
    assert said["planned"]["language"] == "fa"
    assert said["effort"]["words"] == {"6": "خیلی کم", "20": "Our own end"}
    assert said["people"] == PLAN["people"]  # no exercise


def test_in_english_a_plan_is_as_it_is() -> None:
    assert say_plan(PLAN) == PLAN
    assert say_id("sit-to-stand") == "sit to stand"


def test_f48_a_plan_of_other_words_keeps_its_language() -> None:
    own = {"language": "de", "stations": [{"exercise": "kniebeuge", "name": "Kniebeuge"}]}
    with speaking("fa"):
        assert say_plan(own) == own
