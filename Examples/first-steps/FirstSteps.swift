import ArgumentParser
import Foundation
import Joblib

@main
struct FirstSteps: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "first-steps",
        abstract: "The short examples of joblib's documentation: results, pairs, progress, errors, lazy input."
    )

    func run() throws {
        print("Square roots:")
        print(try Parallel(jobs: 1)((0..<10).map { delayed(sqrt)(Double($0 * $0)) }))

        print("\nSeveral return values:")
        let pairs = try Parallel(jobs: 1)((0..<10).map { delayed(parts)(Double($0) / 2) })
        let (whole, fraction) = unzip(pairs)
        print(fraction)
        print(whole)

        print("\nProgress messages, on standard error:")
        _ = try Parallel(jobs: 2, verbose: 5)((0..<10).map { _ in delayed(Thread.sleep(forTimeInterval:))(0.1) })

        print("\nAn error names the call that failed:")
        do {
            let lists = ["0 1 2 3", "5 8 2 1", "3 x"]
            print(try Parallel(jobs: 2)(lists.map { delayed(largest)(2, $0) }))
        } catch let failure as TaskFailure {
            print(failure)
        }

        print("\nInput made on the fly, one and a half tasks ahead of each worker:")
        let numbers = Producer(count: 6)
        print(try Parallel(jobs: 2, verbose: 100, preDispatch: "1.5*n_jobs")(numbers.map { delayed(sqrt)($0) }))
    }
}

/// The whole and the fractional part of a number.
func parts(of x: Double) -> (whole: Double, fraction: Double) {
    (x.rounded(.towardZero), x.truncatingRemainder(dividingBy: 1))
}

/// The `count` largest of the numbers in a text, largest first.
func largest(_ count: Int, in text: String) throws -> [Int] {
    let numbers = try text.split(separator: " ").map { word in
        guard let number = Int(word) else { throw NotANumber(word: String(word)) }
        return number
    }
    return Array(numbers.sorted(by: >).prefix(count))
}

struct NotANumber: Error, Codable, CustomStringConvertible {
    var word: String

    var description: String { "“\(word)” is not a whole number" }
}
