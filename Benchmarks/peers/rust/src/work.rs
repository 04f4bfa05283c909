//! The functions that all peers run, in every language with the same constants.

pub const HEAVY_ROUNDS: usize = 130;
pub const UNEVEN_UNIT: usize = 300_000;

/// About 200 ns. Not inlined, else the plain loop alone may be vectorised over the items.
#[inline(never)]
pub fn mix(seed: u64, rounds: usize) -> u64 {
    let mut x = seed | 1;
    for _ in 0..rounds {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}

#[inline(never)]
pub fn triple(x: i64) -> i64 {
    x.wrapping_mul(3).wrapping_add(7)
}

pub fn spin(weight: &usize) -> u64 {
    mix(*weight as u64, weight * UNEVEN_UNIT)
}

/// 64 tasks of one unit, one of them a hundred times longer.
pub fn uneven_weights(long_at: usize) -> Vec<usize> {
    (0..64).map(|i| if i == long_at { 100 } else { 1 }).collect()
}
