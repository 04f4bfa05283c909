//! Timing: the clock stops before the result is checked and freed.

use std::time::Instant;

pub struct Sample {
    pub nanoseconds: u128,
    pub operations: usize,
    pub checksum: u64,
}

pub trait Bits {
    fn bits(&self) -> u64;
}
impl Bits for f64 {
    fn bits(&self) -> u64 { self.to_bits() }
}
impl Bits for i64 {
    fn bits(&self) -> u64 { *self as u64 }
}
impl Bits for u64 {
    fn bits(&self) -> u64 { *self }
}

fn checksum<T: Bits>(values: &[T]) -> u64 {
    values.iter().fold(0u64, |sum, value| sum.wrapping_add(value.bits()))
}

/// One call of `operations` items.
pub fn timed<T: Bits>(operations: usize, work: impl FnMut() -> Vec<T>) -> Sample {
    timed_together(operations, 1, work)
}

/// `repeats` calls, timed together, after one that is not timed: it wakes the threads and lets the kernel spread them
/// over the processors, which takes longer than a short call.
pub fn repeated<T: Bits>(operations: usize, repeats: usize, mut work: impl FnMut() -> Vec<T>) -> Sample {
    drop(work());
    timed_together(operations, repeats, work)
}

fn timed_together<T: Bits>(operations: usize, repeats: usize, mut work: impl FnMut() -> Vec<T>) -> Sample {
    let start = Instant::now();
    let mut last = work();
    for _ in 1..repeats {
        last = work();
    }
    let nanoseconds = start.elapsed().as_nanos();
    Sample { nanoseconds, operations: operations * repeats, checksum: checksum(&last) }
}

/// `calls` calls, each after a rest of 2 ms, and only the calls are timed.
pub fn spaced<T: Bits>(calls: usize, mut work: impl FnMut() -> Vec<T>) -> Sample {
    let mut total = Sample { nanoseconds: 0, operations: calls, checksum: 0 };
    for _ in 0..calls {
        std::thread::sleep(std::time::Duration::from_millis(2));
        let one = timed(1, &mut work);
        total.nanoseconds += one.nanoseconds;
        total.checksum = one.checksum;
    }
    total
}
