import Joblib

struct Point: Codable, Sendable {
    var x: Double
    var y: Double
}
struct Boom: Error, Codable { var n: Int }
struct Quiet: Error { var n: Int }
@Sendable func square(_ x: Int) -> Int { x * x }
@Sendable func divide(_ a: Int, _ b: Int) throws -> (Int, Int) {
    if b == 0 { throw Boom(n: a) }
    return (a / b, a % b)
}

@main
struct Cases {
    static func main() throws {
        let p = Parallel(jobs: 2, backend: .processes)
        print(try p.map(0..<10) { $0 * 2 })
        print(try p((0..<10).map { delayed(square)($0) }))
        print(try p((1..<5).map { delayed(divide)(17, $0) }))
        print(try p.map([Point(x: 1, y: 2), Point(x: 3, y: 4)]) { $0.x + $0.y })
        print(try p.map(0..<4, sharing: [1.5, 2.5, 3.5, 4.5]) { i, s in s[i] })
        print(
            try p.mapResults(0..<6) { i -> Int in
                if i == 3 { fatalError("no \(i)") }
                if i == 4 { throw Boom(n: i) }
                if i == 5 { throw Quiet(n: 5) }
                return i
            }
        )
        do {
            print(
                try p.map(0..<6) { i -> Int in
                    if i == 3 { throw Boom(n: 3) }
                    return i
                }
            )
        } catch { print("caught", error) }
        let big = [Double](repeating: 1, count: 1_000_000)
        print(try p.map(0..<4, sharing: big) { i, s in s.reduce(0, +) + Double(i) })
        print(try p.map(0..<3) { i in [Double](repeating: Double(i), count: 500_000) }.map { $0.reduce(0, +) })
        do {
            let k = 3
            print(try p.map(0..<3) { $0 + k })
        } catch { print(error) }
        print(try p.map(0..<100_000) { Double($0).squareRoot() }.reduce(0, +))
    }
}
