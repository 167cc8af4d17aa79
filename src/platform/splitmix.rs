//! Numbers that look random and are the same everywhere (splitmix64: Steele, Lea & Flood 2014).

/// One output for one input.
pub fn splitmix(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A key of several numbers.
pub fn keyed(seed: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(splitmix(seed), |key, part| splitmix(key ^ splitmix(*part)))
}

/// About normal with mean 0 and the standard deviation `sd`, rounded to a whole number: the sum of twelve uniform
/// draws has variance 1, and never goes beyond 6 sd.
pub fn normal(key: u64, sd: i64) -> i64 {
    let lanes = |word: u64| (0..4).map(|lane| ((word >> (16 * lane)) & 0xFFFF) as i64).sum::<i64>();
    let sum: i64 = (0..3).map(|nth| lanes(splitmix(key.wrapping_add(nth)))).sum();
    // Twelve lanes of mean 65535 / 2.
    let centred = sum - 6 * 65_535;
    (i128::from(centred) * i128::from(sd) / 65_536) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_outputs_are_the_published_ones() {
        // The generator's first two outputs from state 0.
        assert_eq!(splitmix(0), 0xE220_A839_7B1D_CDAF);
        assert_eq!(splitmix(0x9E37_79B9_7F4A_7C15), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn normal_draws_have_the_mean_and_spread_asked_for() {
        let draws: Vec<f64> = (0..20_000).map(|i| normal(keyed(7, &[i]), 1_000) as f64).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let sd = (draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0).sqrt();
        assert!(mean.abs() < 25.0 && (sd - 1_000.0).abs() < 20.0, "{mean} {sd}");
        let within = draws.iter().filter(|x| x.abs() < 1_000.0).count();
        assert!((13_300..14_000).contains(&within), "{within}");
    }

    #[test]
    fn keys_depend_on_every_part_and_its_place() {
        assert_ne!(keyed(1, &[2, 3]), keyed(1, &[3, 2]));
        assert_ne!(keyed(1, &[2, 3]), keyed(2, &[2, 3]));
        assert_ne!(keyed(1, &[0]), keyed(1, &[0, 0]));
    }
}
