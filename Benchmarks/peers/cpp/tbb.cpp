// oneTBB.
#include "server.hpp"
#include "work.hpp"
#include <cmath>
#include <tbb/tbb.h>
#include <tbb/version.h>

using Range = tbb::blocked_range<long>;

template <class T, class Body> static Output<T> map(long count, Body body) {
    Output<T> output(count);
    T *y = output.values.get();
    tbb::parallel_for(Range(0, count), [=](const Range &r) {
        for (long i = r.begin(); i < r.end(); i++) y[i] = body(i);
    });
    return output;
}

static void squareRoots(std::vector<Case> &cases, const std::string &name, long count, int repeats) {
    auto input = std::make_shared<std::vector<double>>();
    cases.push_back({name + "/tbb", [=] {
        if (input->empty()) for (long i = 0; i < count; i++) input->push_back(i);
        const double *x = input->data();
        return repeated(count, repeats, [=] { return map<double>(count, [=](long i) { return std::sqrt(x[i]); }); });
    }});
}

static void uneven(std::vector<Case> &cases, const std::string &name, int longAt) {
    auto weights = unevenWeights(longAt);
    cases.push_back({name + "/tbb", [=] {
        return timed(64, [&] { return map<std::uint64_t>(64, [&](long i) { return spin(weights[i]); }); });
    }});
    cases.push_back({name + "/tbb_grain_1", [=] {
        return timed(64, [&] {
            Output<std::uint64_t> output(64);
            tbb::parallel_for(Range(0, 64, 1), [&](const Range &r) {
                for (long i = r.begin(); i < r.end(); i++) output.values[i] = spin(weights[i]);
            }, tbb::simple_partitioner());
            return output;
        });
    }});
    cases.push_back({name + "/tbb_task_group", [=] {
        return timed(64, [&] {
            Output<std::uint64_t> output(64);
            tbb::task_group group;
            for (int i = 0; i < 64; i++) group.run([&, i] { output.values[i] = spin(weights[i]); });
            group.wait();
            return output;
        });
    }});
}

int main() {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, jobs());
    std::vector<Case> cases;
    squareRoots(cases, "sqrt_1m", 1'000'000, 40);
    squareRoots(cases, "sqrt_10m", 10'000'000, 4);
    squareRoots(cases, "cheap_10k", 10'000, 400);
    auto integers = std::make_shared<std::vector<std::int64_t>>();
    for (long i = 0; i < 1'000'000; i++) integers->push_back(i);
    for (auto [name, count, repeats] : {std::tuple{"int_1m", 1'000'000L, 16}, {"cheap_int_10k", 10'000L, 400}}) {
        cases.push_back({std::string(name) + "/tbb", [=, count = count, repeats = repeats] {
            const std::int64_t *x = integers->data();
            auto body = [=](long i) { return x[i] * 3 + 7; };
            return repeated(count, repeats, [=] { return map<std::int64_t>(count, body); });
        }});
    }
    cases.push_back({"heavy_100k/tbb", [] {
        return repeated(100'000, 2, [] {
            return map<std::uint64_t>(100'000, [](long i) { return mix(static_cast<std::uint64_t>(i), heavyRounds); });
        });
    }});
    auto pair = [] {
        static double x[2] = {1, 4};
        asm volatile("" : : "g"(x) : "memory");
        return map<double>(2, [](long i) { return std::sqrt(x[i]); });
    };
    cases.push_back({"pair/tbb", [=] { return repeated(1, 1000, pair); }});
    cases.push_back({"pair_spaced/tbb", [=] { return spaced(50, pair); }});
    uneven(cases, "uneven_first", 0);
    uneven(cases, "uneven_middle", 32);
    uneven(cases, "uneven_last", 63);
    cases.push_back({"calls_100k/tbb_task_group", [] {
        return repeated(100'000, 1, [] {
            Output<std::int64_t> output(100'000);
            std::int64_t *y = output.values.get();
            tbb::task_group group;
            for (long i = 0; i < 100'000; i++) group.run([=] { y[i] = triple(i); });
            group.wait();
            return output;
        });
    }});
    serve("oneTBB " + std::to_string(TBB_VERSION_MAJOR) + "." + std::to_string(TBB_VERSION_MINOR), std::move(cases));
}
