// Timing: the clock stops before the result is checked and freed.
#pragma once
#include <bit>
#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>

struct Sample {
    long long nanoseconds = 0;
    long operations = 0;
    std::uint64_t checksum = 0;
};

// An output array: allocated by each call, and not initialised first.
template <class T> struct Output {
    long count;
    std::unique_ptr<T[]> values;
    explicit Output(long count) : count(count), values(new T[count]) {}
    std::uint64_t checksum() const {
        std::uint64_t sum = 0;
        for (long i = 0; i < count; i++) sum += std::bit_cast<std::uint64_t>(values[i]);
        return sum;
    }
};

template <class Work> Sample timedTogether(long operations, int repeats, Work work) {
    auto start = std::chrono::steady_clock::now();
    auto last = work();
    for (int i = 1; i < repeats; i++) last = work();
    auto elapsed = std::chrono::steady_clock::now() - start;
    auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count();
    return {nanoseconds, operations * repeats, last.checksum()};
}

// One call of `operations` items.
template <class Work> Sample timed(long operations, Work work) { return timedTogether(operations, 1, work); }

// `repeats` calls, timed together, after one that is not timed: it wakes the threads and lets the kernel spread them
// over the processors, which takes longer than a short call.
template <class Work> Sample repeated(long operations, int repeats, Work work) {
    work();
    return timedTogether(operations, repeats, work);
}

// `calls` calls, each after a rest of 2 ms, and only the calls are timed.
template <class Work> Sample spaced(int calls, Work work) {
    Sample total{0, calls, 0};
    for (int i = 0; i < calls; i++) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        Sample one = timed(1, work);
        total.nanoseconds += one.nanoseconds;
        total.checksum = one.checksum;
    }
    return total;
}
