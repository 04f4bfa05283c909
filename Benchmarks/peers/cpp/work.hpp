// The functions that all peers run, in every language with the same constants.
#pragma once
#include <cstdint>
#include <vector>

constexpr int heavyRounds = 130;
constexpr int unevenUnit = 300'000;

// About 200 ns. Not inlined, else the plain loop alone may be vectorised over the items.
__attribute__((noinline)) inline std::uint64_t mix(std::uint64_t seed, int rounds) {
    std::uint64_t x = seed | 1;
    for (int i = 0; i < rounds; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    return x;
}

__attribute__((noinline)) inline std::int64_t triple(std::int64_t x) { return x * 3 + 7; }

inline std::uint64_t spin(int weight) { return mix(static_cast<std::uint64_t>(weight), weight * unevenUnit); }

// 64 tasks of one unit, one of them a hundred times longer.
inline std::vector<int> unevenWeights(int longAt) {
    std::vector<int> weights(64, 1);
    weights[longAt] = 100;
    return weights;
}
