# usage: Rscript peers.R ROW REFERENCE DRAWN
# Times what R's packages take for a row of the kernels' bench, on the same data, and prints the
# answers under the same names (bench/kernels/kernel_bench.h).
options(warn = -1)
arguments <- commandArgs(TRUE)
row <- arguments[1]
reference <- function(path) read.csv(file.path(arguments[2], path))
drawn <- function(name, n) readBin(file.path(arguments[3], name), "double", n)
say <- function(...) cat(..., "\n")
answer <- function(key, value) say("answer", row, key, format(value, digits = 12))
# Processor seconds of one call, the median of five runs of as many calls as fill half a second.
time <- function(f) {
    used <- function(calls) {
        gc()
        t <- system.time(for (i in seq_len(calls)) f())
        c(t[["user.self"]] + t[["sys.self"]], t[["elapsed"]]) / calls
    }
    once <- used(1)
    calls <- max(1, min(100, floor(0.5 / max(once[1], 1e-3))))
    runs <- if (once[1] > 4) cbind(once) else replicate(5, used(calls))
    say("time", row, median(runs[1, ]))
    say("wall", row, median(runs[2, ]))
}
suppressMessages(switch(row,
    alpha = {
        x <- reference("psychometrics/data/bench_phq9_100000.csv.gz")
        time(function() psych::alpha(x, n.iter = 1, check.keys = FALSE))
        answer("alpha", psych::alpha(x, check.keys = FALSE)$total$raw_alpha)
    },
    growth = , growth_modes = {
        d <- reference("psychometrics/data/bench_growth_10000x8.csv.gz")
        d$t <- log1p(d$week)
        fit <- function() lme4::lmer(y ~ t * med + sev + (t | id), d)
        m <- fit()
        time(if (row == "growth") fit else function() lme4::ranef(fit(), condVar = TRUE))
        answer("log_likelihood", as.numeric(logLik(m)))
        answer("first_effect", lme4::fixef(m)[[1]])
        if (row == "growth_modes") answer("first_mode", lme4::ranef(m)$id[1, 1])
    },
    cox = {
        library(survival)
        q <- reference("psychometrics/data/bench_cox_100000.csv.gz")
        fit <- function() coxph(Surv(time, event) ~ z + s, q)
        time(fit)
        m <- fit()
        answer("log_likelihood", m$loglik[2])
        answer("concordance", m$concordance[["concordance"]])
    },
    km = {
        library(survival)
        q <- reference("psychometrics/data/bench_cox_100000.csv.gz")
        fit <- function() survfit(Surv(time, event) ~ z, q)
        time(fit)
        answer("median", summary(fit())$table[1, "median"])
    },
    meta = , meta_moderators = {
        x <- reference("evidence/data/metapsy_depression_psyctr.csv")
        y <- x[!duplicated(x$study), ]
        y$wl <- y$condition_arm2 == "wl"
        y$low <- y$rob == 4
        fit <- if (row == "meta") function() metafor::rma(g, sei = g_se, data = y)
               else function() metafor::rma(g, sei = g_se, mods = ~ wl + low + year, data = y)
        time(fit)
        m <- fit()
        answer("estimate", coef(m)[[1]])
        answer("tau2", m$tau2)
    },
    ewma = {
        people <- matrix(drawn("people", 180 * 10000), 180)
        days <- 1:180
        width <- 3 * sqrt(.2 / 1.8 * (1 - .8^(2 * days)))
        alarms <- function() apply(people, 2, function(x) {
            b <- x[1:42]
            z <- filter(.2 * (x - mean(b)) / sd(b), .8, "recursive")
            which(abs(z) > width & days > 42)[1]
        })
        time(alarms)
        answer("alarms", sum(!is.na(alarms())))
    },
    rolling = {
        people <- matrix(drawn("people", 180 * 200), 180)
        taus <- function() apply(people, 2, function(x) {
            z <- vapply(60:180, function(e) {
                s <- x[(e - 59):e]
                m <- s - mean(s)
                c(sum(m[-1] * m[-60]) / sum(m^2), var(s))
            }, numeric(2))
            cor(z[1, ], 60:180, method = "kendall") + cor(z[2, ], 60:180, method = "kendall")
        })
        time(taus)
        answer("sum_of_taus", sum(taus()))
    },
    var1000 = {
        x <- drawn("networks", 1000 * 56 * 4)
        people <- lapply(1:1000, function(i) matrix(x[(i - 1) * 224 + 1:224], 56))
        fit <- function() lapply(people, function(d) {
            lm.fit(cbind(1, d[-56, ]), d[-1, ])$coefficients
        })
        time(fit)
        answer("sum_of_squares", sum(unlist(fit())^2))
    },
    stop("no such row: ", row)
))
