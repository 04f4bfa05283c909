// The driver's line protocol (Benchmarks/README.md).
#pragma once
#include "sample.hpp"
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

struct Case {
    std::string name;
    std::function<Sample()> body;
};

inline int jobs() {
    const char *text = std::getenv("BENCHMARK_JOBS");
    int jobs = text ? std::atoi(text) : 0;
    return jobs > 0 ? jobs : 2;
}

inline void serve(const std::string &version, std::vector<Case> cases) {
    std::cout << "READY " << version << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string verb, name;
        words >> verb >> name;
        if (verb == "LIST") {
            std::cout << "LIST";
            for (auto &c : cases) std::cout << ' ' << c.name;
            std::cout << std::endl;
        } else if (verb == "WARM") {
            std::vector<unsigned char> pages(std::strtoul(name.c_str(), nullptr, 10), 1);
            asm volatile("" : : "g"(pages.data()) : "memory");
            std::cout << "WARM " << pages.size() << std::endl;
        } else if (verb == "RUN") {
            bool found = false;
            for (auto &c : cases) {
                if (c.name != name) continue;
                Sample s = c.body();
                std::cout << name << ' ' << s.nanoseconds << ' ' << s.operations << ' ' << s.checksum << std::endl;
                found = true;
            }
            if (!found) std::cout << "ERROR unknown variant: " << name << std::endl;
        } else {
            std::cout << "ERROR unknown request: " << line << std::endl;
        }
    }
}
