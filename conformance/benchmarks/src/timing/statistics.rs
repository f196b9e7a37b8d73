//! Welch's t-test, of all times and of the fastest.

use std::fmt;

/// The times of both classes, in nanoseconds.
pub(crate) type Times = [Vec<f64>; 2];

/// What the times of two classes say.
pub(crate) struct Finding {
    /// Of the class that has fewer.
    samples: usize,
    /// The t of all times.
    all: f64,
    /// The test whose t is the greatest.
    greatest: Test,
    /// The least difference that any of the tests would have called one, in nanoseconds.
    visible: f64,
}

impl Finding {
    /// Nothing, if a class has too few times for a variance.
    pub(crate) fn of(times: &Times) -> Option<Self> {
        let mut pooled: Vec<f64> = times.iter().flatten().copied().collect();
        pooled.sort_by(f64::total_cmp);
        let all = Test::of(times, 100, f64::INFINITY)?;
        let tests = PERCENTILES.iter().filter_map(|&percentile| {
            let limit = *pooled.get(pooled.len() * percentile / 100)?;
            Test::of(times, percentile, limit)
        });
        let (mut greatest, mut visible) = (all.clone(), all.visible());
        let t = all.t();
        for test in tests {
            // Times that are all the same come of the clock, and have no error.
            if test.error > 0.0 {
                visible = visible.min(test.visible());
            }
            if test.t().abs() > greatest.t().abs() {
                greatest = test;
            }
        }
        Some(Self {
            samples: times.iter().map(Vec::len).min()?,
            all: t,
            greatest,
            visible,
        })
    }

    pub(crate) fn verdict(&self) -> Verdict {
        match self.greatest.t().abs() {
            t if t >= CERTAIN => Verdict::Difference,
            t if t >= SUSPECT => Verdict::Suspicion,
            _ => Verdict::Nothing,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Test {
            percentile,
            difference,
            ..
        } = self.greatest;
        write!(
            f,
            "{} | {:.1} | {:.1} | {percentile} % | {difference:.1} | {:.1} | {}",
            self.samples,
            self.all,
            self.greatest.t(),
            self.visible,
            self.verdict()
        )
    }
}

/// What the greatest t amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Below [`SUSPECT`].
    Nothing,
    /// Between the two.
    Suspicion,
    /// From [`CERTAIN`] on.
    Difference,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "none seen",
            Self::Suspicion => "**perhaps one**",
            Self::Difference => "**a difference**",
        })
    }
}

/// Welch's t-test of the times below a limit.
#[derive(Clone)]
struct Test {
    percentile: usize,
    /// The mean of the second class less that of the first.
    difference: f64,
    /// The standard error of the difference.
    error: f64,
}

impl Test {
    fn of(times: &Times, percentile: usize, limit: f64) -> Option<Self> {
        let [first, second] = times.each_ref().map(|times| moments(times, limit));
        let ((mean, error), (other, others)) = (first?, second?);
        Some(Self {
            percentile,
            difference: other - mean,
            error: (error + others).sqrt(),
        })
    }

    /// Of equal times, as a coarse clock has them, it is 0 or infinite.
    fn t(&self) -> f64 {
        match self.difference == 0.0 {
            true => 0.0,
            false => self.difference / self.error,
        }
    }

    fn visible(&self) -> f64 {
        SUSPECT * self.error
    }
}

/// Mean and squared standard error of the mean, of those below the limit.
fn moments(times: &[f64], limit: f64) -> Option<(f64, f64)> {
    // Welford's way: no sum of squares that loses digits.
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for time in times.iter().filter(|time| **time < limit) {
        count += 1.0;
        let delta = time - mean;
        mean += delta / count;
        squares += delta * (time - mean);
    }
    (count >= LEAST).then(|| (mean, squares / (count - 1.0) / count))
}

/// What the slower times are cut off at, of both classes together: interrupts and other programs
/// make the slow ones slower, whatever the input is.
const PERCENTILES: [usize; 7] = [99, 95, 90, 75, 50, 25, 10];

/// By chance, one test in 150 000 gets here.
const SUSPECT: f64 = 4.5;

/// What dudect calls "definitely not constant time".
const CERTAIN: f64 = 10.0;

/// Fewer samples than this are no test.
const LEAST: f64 = 50.0;
