import Testing

@testable import JoblibParallel

@Suite("Numbers and durations as text")
struct DurationFormatTests {
    /// C's printf with %.0f, %.1f, %.2f and %.6f.
    static let printed: [(Double, String, String, String, String)] = [
        (0.0, "0", "0.0", "0.00", "0.000000"),
        (0.04, "0", "0.0", "0.04", "0.040000"),
        (0.05, "0", "0.1", "0.05", "0.050000"),
        (0.06, "0", "0.1", "0.06", "0.060000"),
        (0.15, "0", "0.1", "0.15", "0.150000"),
        (0.25, "0", "0.2", "0.25", "0.250000"),
        (0.35, "0", "0.3", "0.35", "0.350000"),
        (0.45, "0", "0.5", "0.45", "0.450000"),
        (0.5, "0", "0.5", "0.50", "0.500000"),
        (0.75, "1", "0.8", "0.75", "0.750000"),
        (0.95, "1", "0.9", "0.95", "0.950000"),
        (0.95, "1", "0.9", "0.95", "0.950000"),
        (0.9500000000000001, "1", "1.0", "0.95", "0.950000"),
        (1.25, "1", "1.2", "1.25", "1.250000"),
        (1.35, "1", "1.4", "1.35", "1.350000"),
        (2.5, "2", "2.5", "2.50", "2.500000"),
        (2.675, "3", "2.7", "2.67", "2.675000"),
        (9.95, "10", "9.9", "9.95", "9.950000"),
        (9.95, "10", "9.9", "9.95", "9.950000"),
        (12.25, "12", "12.2", "12.25", "12.250000"),
        (59.95, "60", "60.0", "59.95", "59.950000"),
        (59.949, "60", "59.9", "59.95", "59.949000"),
        (60.0, "60", "60.0", "60.00", "60.000000"),
        (60.01, "60", "60.0", "60.01", "60.010000"),
        (99.95, "100", "100.0", "99.95", "99.950000"),
        (99.96, "100", "100.0", "99.96", "99.960000"),
        (100.05, "100", "100.0", "100.05", "100.050000"),
        (999.95, "1000", "1000.0", "999.95", "999.950000"),
        (999.949, "1000", "999.9", "999.95", "999.949000"),
        (1000.25, "1000", "1000.2", "1000.25", "1000.250000"),
        (59999.0, "59999", "59999.0", "59999.00", "59999.000000"),
        (1e-09, "0", "0.0", "0.00", "0.000000"),
        (1e-300, "0", "0.0", "0.00", "0.000000"),
        (.leastNonzeroMagnitude, "0", "0.0", "0.00", "0.000000"),
        (1000000.05, "1000000", "1000000.1", "1000000.05", "1000000.050000"),
        (123456.789, "123457", "123456.8", "123456.79", "123456.789000"),
        (
            4503599627370496.0, "4503599627370496", "4503599627370496.0", "4503599627370496.00",
            "4503599627370496.000000"
        ),
        (
            9007199254740992.0, "9007199254740992", "9007199254740992.0", "9007199254740992.00",
            "9007199254740992.000000"
        ),
        (
            1000000000000000.2, "1000000000000000", "1000000000000000.2", "1000000000000000.25",
            "1000000000000000.250000"
        ),
        (1e+18, "1000000000000000000", "1000000000000000000.0", "1000000000000000000.00", "1000000000000000000.000000"),
        (0.32383276483316237, "0", "0.3", "0.32", "0.323833"),
        (0.15084917392450192, "0", "0.2", "0.15", "0.150849"),
        (0.6509344730398537, "1", "0.7", "0.65", "0.650934"),
        (0.07243628666754276, "0", "0.1", "0.07", "0.072436"),
        (0.5358820043066892, "1", "0.5", "0.54", "0.535882"),
        (0.36568891691258554, "0", "0.4", "0.37", "0.365689"),
        (57.99892477470681, "58", "58.0", "58.00", "57.998925"),
        (507.43573318942026, "507", "507.4", "507.44", "507.435733"),
        (37.49565844198488, "37", "37.5", "37.50", "37.495658"),
        (433.64568366238586, "434", "433.6", "433.65", "433.645684"),
        (69.85542357461894, "70", "69.9", "69.86", "69.855424"),
        (90.71301334386506, "91", "90.7", "90.71", "90.713013"),
        (424.51918914251394, "425", "424.5", "424.52", "424.519189"),
        (826.852124672038, "827", "826.9", "826.85", "826.852125"),
        (0.125, "0", "0.1", "0.12", "0.125000"),
        (0.375, "0", "0.4", "0.38", "0.375000"),
        (0.625, "1", "0.6", "0.62", "0.625000"),
        (0.875, "1", "0.9", "0.88", "0.875000"),
        (1.125, "1", "1.1", "1.12", "1.125000"),
        (1.375, "1", "1.4", "1.38", "1.375000"),
    ]

    @Test("Decimals are those of C's printf", arguments: printed)
    func decimalsAreThoseOfPrintf(_ value: Double, _ none: String, _ one: String, _ two: String, _ six: String) {
        #expect(FixedDecimals.text(value, decimals: 0) == none)
        #expect(FixedDecimals.text(value, decimals: 1) == one)
        #expect(FixedDecimals.text(value, decimals: 2) == two)
        #expect(FixedDecimals.text(value, decimals: 6) == six)
        #expect(FixedDecimals.text(-value, decimals: 1) == "-" + one)
    }

    @Test("A number reads back to within half of its last decimal", arguments: 0...6)
    func numberReadsBack(decimals: Int) throws {
        var generator = SystemRandomNumberGenerator()
        let step = (0..<decimals).reduce(1.0) { step, _ in step / 10 }
        for _ in 0..<500 {
            let value = Double.random(in: 0..<100_000, using: &generator)
            let text = FixedDecimals.text(value, decimals: decimals)
            let back = try #require(Double(text))
            #expect(abs(back - value) <= step / 2 + 2 * value.ulp, "\(value) became \(text)")
            #expect(text.split(separator: ".").dropFirst().first?.count ?? 0 == decimals)
        }
    }

    @Test("No number makes the formatter fail")
    func noNumberFails() {
        #expect(FixedDecimals.text(.infinity, decimals: 1, width: 6) == "   inf")
        #expect(FixedDecimals.text(-.infinity, decimals: 1) == "-inf")
        #expect(FixedDecimals.text(.nan, decimals: 1) == "nan")
        #expect(FixedDecimals.text(.greatestFiniteMagnitude, decimals: 1) == "1.7976931348623157e+308")
        #expect(FixedDecimals.text(.leastNonzeroMagnitude, decimals: 400) == "0.000000000")
        #expect(FixedDecimals.text(1.5, decimals: -3) == "2")
    }

    /// Nanoseconds with joblib's `short_format_time` and `format_time` of them.
    static let joblib: [(Int, String, String)] = [
        (0, "   0.0s", "0.0s, 0.0min"),
        (1, "   0.0s", "0.0s, 0.0min"),
        (49_999_999, "   0.0s", "0.0s, 0.0min"),
        (50_000_000, "   0.1s", "0.1s, 0.0min"),
        (50_000_001, "   0.1s", "0.1s, 0.0min"),
        (150_000_000, "   0.1s", "0.1s, 0.0min"),
        (250_000_000, "   0.2s", "0.2s, 0.0min"),
        (949_999_999, "   0.9s", "0.9s, 0.0min"),
        (950_000_000, "   0.9s", "0.9s, 0.0min"),
        (1_000_000_000, "   1.0s", "1.0s, 0.0min"),
        (9_950_000_000, "   9.9s", "9.9s, 0.2min"),
        (12_340_000_000, "  12.3s", "12.3s, 0.2min"),
        (59_940_000_000, "  59.9s", "59.9s, 1.0min"),
        (59_960_000_000, "  60.0s", "60.0s, 1.0min"),
        (60_000_000_000, "  60.0s", "60.0s, 1.0min"),
        (60_000_000_001, " 1.0min", "60.0s, 1.0min"),
        (60_010_000_000, " 1.0min", "60.0s, 1.0min"),
        (63_000_000_000, " 1.1min", "63.0s, 1.1min"),
        (69_000_000_000, " 1.1min", "69.0s, 1.1min"),
        (90_000_000_000, " 1.5min", "90.0s, 1.5min"),
        (599_000_000_000, "10.0min", "599.0s, 10.0min"),
        (3_600_000_000_000, "60.0min", "3600.0s, 60.0min"),
        (3_603_000_000_000, "60.0min", "3603.0s, 60.0min"),
        (5_999_000_000_000, "100.0min", "5999.0s, 100.0min"),
        (59_999_000_000_000, "1000.0min", "59999.0s, 1000.0min"),
        (360_000_000_000_000, "6000.0min", "360000.0s, 6000.0min"),
    ]

    @Test("Durations look as in joblib", arguments: joblib)
    func durationsLookAsInJoblib(nanoseconds: Int, short: String, long: String) {
        #expect(DurationFormat.joblibShort(.nanoseconds(nanoseconds)) == short)
        #expect(DurationFormat.joblibLong(.nanoseconds(nanoseconds)) == long)
    }

    @Test(
        "The bar's durations are short and never ahead of the clock",
        arguments: [
            (.zero, "0.0s"), (.milliseconds(449), "0.4s"), (.milliseconds(9_999), "9.9s"), (.seconds(10), "10s"),
            (.milliseconds(12_900), "12s"), (.milliseconds(59_999), "59s"), (.seconds(60), "1:00"),
            (.seconds(187), "3:07"), (.seconds(3599), "59:59"), (.seconds(3600), "1:00:00"),
            (.seconds(3753), "1:02:33"), (.seconds(359_999), "99:59:59"), (.seconds(360_000), "4d 4h"),
            (.seconds(-5), "0.0s"), (.seconds(Int64.max) * 2, "106751991167300d 15h"),
        ] as [(Duration, String)]
    )
    func barDurations(time: Duration, text: String) {
        #expect(DurationFormat.people(time) == text)
    }

    @Test(
        "Rates have few digits, and slow ones say how long a task takes",
        arguments: [
            (37.24, "37.2/s"), (4.5, "4.5/s"), (1, "1.0/s"), (99.96, "100/s"), (372.4, "372/s"), (999.4, "999/s"),
            (999.6, "1.0k/s"), (12_345, "12.3k/s"), (4.5e6, "4.5M/s"), (2e20, "200E/s"), (0.4, "2.5s/it"),
            (0.01, "1:40/it"), (1e-300, "11574074074d 1h/it"), (0, "0/s"), (-1, "0/s"), (.nan, "0/s"),
        ] as [(Double, String)]
    )
    func rates(rate: Double, text: String) {
        #expect(RateFormat.text(rate) == text)
    }
}
