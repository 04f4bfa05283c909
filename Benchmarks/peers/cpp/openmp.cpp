// OpenMP, and C++'s own loop beside it.
#include "server.hpp"
#include "work.hpp"
#include <cmath>
#include <cstdio>
#include <omp.h>
#include <tuple>

template <class T, class Body> static Output<T> plain(long count, Body body) {
    Output<T> output(count);
    T *y = output.values.get();
    for (long i = 0; i < count; i++) y[i] = body(i);
    return output;
}

template <class T, class Body> static Output<T> map(long count, Body body) {
    Output<T> output(count);
    T *y = output.values.get();
#pragma omp parallel for schedule(static)
    for (long i = 0; i < count; i++) y[i] = body(i);
    return output;
}

template <class T, class Body> static Output<T> dynamic(long count, int threads, Body body) {
    Output<T> output(count);
    T *y = output.values.get();
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (long i = 0; i < count; i++) y[i] = body(i);
    return output;
}

static void squareRoots(std::vector<Case> &cases, const std::string &name, long count, int repeats) {
    auto input = std::make_shared<std::vector<double>>();
    auto add = [&](const char *variant, auto run) {
        cases.push_back({name + variant, [=] {
            if (input->empty()) for (long i = 0; i < count; i++) input->push_back(i);
            const double *x = input->data();
            return repeated(count, repeats, [=] { return run([=](long i) { return std::sqrt(x[i]); }); });
        }});
    };
    add("/openmp", [=](auto body) { return map<double>(count, body); });
    add("/cpp_plain", [=](auto body) { return plain<double>(count, body); });
}

static void uneven(std::vector<Case> &cases, const std::string &name, int longAt) {
    auto weights = unevenWeights(longAt);
    cases.push_back({name + "/openmp_dynamic_1", [=] {
        return timed(64, [&] { return dynamic<std::uint64_t>(64, jobs(), [&](long i) { return spin(weights[i]); }); });
    }});
}

int main() {
    omp_set_num_threads(jobs());
    std::vector<Case> cases;
    squareRoots(cases, "sqrt_1m", 1'000'000, 40);
    squareRoots(cases, "sqrt_10m", 10'000'000, 4);
    squareRoots(cases, "cheap_10k", 10'000, 400);
    auto integers = std::make_shared<std::vector<std::int64_t>>();
    for (long i = 0; i < 1'000'000; i++) integers->push_back(i);
    for (auto [name, count, repeats] : {std::tuple{"int_1m", 1'000'000L, 16}, {"cheap_int_10k", 10'000L, 400}}) {
        cases.push_back({std::string(name) + "/openmp", [=, count = count, repeats = repeats] {
            const std::int64_t *x = integers->data();
            auto body = [=](long i) { return x[i] * 3 + 7; };
            return repeated(count, repeats, [=] { return map<std::int64_t>(count, body); });
        }});
    }
    auto heavy = [](long i) { return mix(static_cast<std::uint64_t>(i), heavyRounds); };
    cases.push_back({"heavy_100k/openmp", [=] {
        return repeated(100'000, 2, [=] { return map<std::uint64_t>(100'000, heavy); });
    }});
    cases.push_back({"heavy_100k/cpp_plain", [=] {
        return repeated(100'000, 2, [=] { return plain<std::uint64_t>(100'000, heavy); });
    }});
    auto pair = [] {
        static double x[2] = {1, 4};
        asm volatile("" : : "g"(x) : "memory");
        return map<double>(2, [](long i) { return std::sqrt(x[i]); });
    };
    cases.push_back({"pair/openmp", [=] { return repeated(1, 1000, pair); }});
    cases.push_back({"pair_spaced/openmp", [=] { return spaced(50, pair); }});
    uneven(cases, "uneven_first", 0);
    uneven(cases, "uneven_middle", 32);
    uneven(cases, "uneven_last", 63);
    cases.push_back({"calls_100k/openmp_task", [] {
        return repeated(100'000, 1, [] {
            Output<std::int64_t> output(100'000);
            std::int64_t *y = output.values.get();
#pragma omp parallel
#pragma omp single
            for (long i = 0; i < 100'000; i++) {
#pragma omp task firstprivate(i)
                y[i] = triple(i);
            }
            return output;
        });
    }});
    cases.push_back({"blocking_1000/openmp", [] {
        return timed(1000, [] {
            return dynamic<std::int64_t>(1000, 100, [](long i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                return i;
            });
        });
    }});
    serve("OpenMP " + std::to_string(_OPENMP) + ", compiler " + __VERSION__, std::move(cases));
}
