//! Are some of many numbers the same? Nearly always not, and then sorting them would be most of the
//! work.

/// `false` only if no two are the same; `true` if two are, or if it would take long to tell.
pub(super) fn may_repeat(numbers: impl ExactSizeIterator<Item = u64>) -> bool {
    let size = (numbers.len() * 4).next_power_of_two();
    let mask = size - 1;
    // Zero marks a free place.
    let mut places = vec![0_u64; size];
    let mut zeros = 0;
    for number in numbers {
        if number == 0 {
            zeros += 1;
            continue;
        }
        let start = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        let mut probes = (0..MOST_PROBES).map(|step| (start + step) & mask);
        let found = probes.find(|&at| places.get(at).is_none_or(|it| *it == 0 || *it == number));
        match found.and_then(|at| places.get_mut(at)) {
            Some(place) if *place == 0 => *place = number,
            _ => return true,
        }
    }
    zeros > 1
}

/// Places looked at for one number. Who chooses numbers so that they need more makes nothing slow
/// but his own schema, and that only as slow as sorting is.
const MOST_PROBES: usize = 32;

#[cfg(test)]
mod tests {
    use super::may_repeat;

    #[test]
    fn repetitions_are_never_missed() {
        let distinct = (0..5_000_u64).map(|it| it.wrapping_mul(0x1234_5678_9abc_def1));
        let distinct: Vec<u64> = distinct.collect();
        assert!(!may_repeat(distinct.iter().copied()));
        for again in [0, 1, 4_999] {
            let mut numbers = distinct.clone();
            numbers.push(numbers[again]);
            assert!(may_repeat(numbers.into_iter()));
        }
        for few in [vec![], vec![0], vec![7], vec![0, 7]] {
            assert!(!may_repeat(few.into_iter()));
        }
        assert!(may_repeat([0, 7, 0].into_iter()));
    }

    #[test]
    fn many_numbers_for_one_place_end() {
        let same_place: Vec<u64> = (1..1_000).map(|it| it << 48).collect();
        assert!(may_repeat(same_place.into_iter()));
    }
}
