# Two simulated data sets of known correlation, and what afex and lm make of them: the numbers in
# test_afex.py. Run with: Rscript afex_oracle.R  (R 4.2.2, afex 1.2.1, car 3.1.1)
suppressMessages(library(afex))
tell <- function(...) cat(..., "\n")
digits <- function(x) sprintf("%.12g", x)

draw <- function(n, mean, sd, r) {
  z <- matrix(rnorm(2 * n), n)
  x <- cbind(z[, 1], r * z[, 1] + sqrt(1 - r^2) * z[, 2])
  sweep(sweep(x, 2, sd, "*"), 2, mean, "+")
}

analyse <- function(seed, n, means, sds, r) {
  set.seed(seed)
  a <- draw(n[1], means[1:2], sds[1:2], r[1])
  b <- draw(n[2], means[3:4], sds[3:4], r[2])
  arm <- factor(c(rep("control", n[1]), rep("training", n[2])))
  pre <- c(a[, 1], b[, 1]); post <- c(a[, 2], b[, 2])
  long <- data.frame(id = factor(rep(seq_along(arm), 2)), group = rep(arm, 2),
                     time = rep(c("pre", "post"), each = length(arm)), y = c(pre, post))
  for (x in list(a, b)) tell("cells", digits(c(mean(x[, 1]), sd(x[, 1]), mean(x[, 2]), sd(x[, 2]))),
                             "r", digits(cor(x)[1, 2]))
  for (type in c(3, 2)) {
    m <- aov_ez("id", "y", long, between = "group", within = "time", type = type,
                anova_table = list(es = c("ges", "pes")))
    t <- m$anova_table
    for (i in 1:nrow(t)) tell("type", type, rownames(t)[i], "F", digits(t$F[i]), "ges",
                              digits(t$ges[i]), "pes", digits(t$pes[i]), "p", digits(t[["Pr(>F)"]][i]))
    tell("type", type, "intercept F", digits(summary(m)$univariate.tests[1, "F value"]))
  }
  l <- lm(post ~ pre + arm)
  tell("ancova slope", digits(coef(l)[2]), "difference", digits(coef(l)[3]),
       "ci", digits(confint(l)[3, ]), "F", digits(summary(l)$coefficients[3, 3]^2))
  tell("t", digits(t.test(pre ~ arm, var.equal = TRUE)$p.value), "welch",
       digits(t.test(pre ~ arm)$p.value), digits(t.test(pre ~ arm)$parameter),
       "var", digits(var.test(pre ~ arm)$p.value))
}

analyse(11, c(15, 15), c(228, 223, 229, 260), c(26, 20, 40, 24), c(0.3, 0.6))
analyse(12, c(9, 17), c(50, 48, 52, 61), c(8, 9, 11, 7), c(-0.4, 0.7))
