//! Pseudo-random numbers that are the same on every machine and in every version.

pub use crate::platform::splitmix::splitmix as mix;

/// The generator splitmix64.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    pub fn seeded(seed: u64) -> Self {
        Random { state: seed }
    }

    pub fn bits(&mut self) -> u64 {
        let bits = mix(self.state);
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        bits
    }

    /// As many whole numbers as the bound, each below it. Two come from the halves of 64 bits; some numbers are more
    /// likely than others by less than `bound` in 2^32.
    pub fn each_below(&mut self, bound: usize, mut take: impl FnMut(usize)) {
        let wide = bound as u64;
        for nth in 0..bound.div_ceil(2) {
            let bits = self.bits();
            take((((bits >> 32) * wide) >> 32) as usize);
            if 2 * nth + 1 < bound {
                take((((bits & 0xFFFF_FFFF) * wide) >> 32) as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_splitmix64() {
        let mut random = Random::seeded(0);
        assert_eq!([random.bits(), random.bits()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut random = Random::seeded(7);
        let mut met = [0; 5];
        for _ in 0..200 {
            random.each_below(5, |number| met[number] += 1);
        }
        assert_eq!(met.iter().sum::<i32>(), 1000);
        assert!(met.iter().all(|times| (150..250).contains(times)), "{met:?}");
    }
}
