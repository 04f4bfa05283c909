import JoblibParallel
import Testing

@Suite struct ArithmeticExpressionTests {
    typealias Failure = ArithmeticExpression.Failure

    // Each value was computed by Python 3.
    @Test(
        "Expressions have the values that Python gives them",
        arguments: [
            ("2*6", "12"), ("2**6", "64"), ("1 + 2*3**(4) / (6 + -7)", "-161.0"), ("(20 // 3) % 5", "1"),
            ("-2**2", "-4"), ("(-2)**2", "4"), ("2**-1", "0.5"), ("2**3**2", "512"), ("--3", "3"), ("2--3", "5"),
            ("7/2", "3.5"), ("6/2", "3.0"), ("7//2", "3"), ("-7//2", "-4"), ("7//-2", "-4"), ("-7//-2", "3"),
            ("7%3", "1"), ("-7%3", "2"), ("7%-3", "-2"), ("-7%-3", "-1"), ("6%-3", "0"),
            ("7.5//2", "3.0"), ("-7.5//2", "-4.0"), ("-7.5%2", "0.5"), ("7.5%-2", "-0.5"), ("1//0.1", "9.0"),
            ("1.", "1.0"), (".5", "0.5"), ("1e3", "1000.0"), ("1.5e+2", "150.0"), ("25e-1", "2.5"), ("1_000", "1000"),
            ("00", "0"), ("00.5", "0.5"), ("10-2-3", "5"), ("100/10/5", "2.0"), ("2*-3", "-6"), ("1\t+ 1", "2"),
            ("4**0.5", "2.0"), ("2**1.5*2**0.5", "4.000000000000001"), ("0**0", "1"), ("(-1)**999999", "-1"),
            ("1**1000000", "1"), ("10**-400", "0.0"), ("((((((((((7))))))))))", "7"), ("1000000", "1000000"),
            ("-1000000", "-1000000"), ("4**-0.5", "0.5"), ("2.0**3", "8.0"),
        ]
    )
    func values(expression: String, expected: String) throws {
        #expect(try ArithmeticExpression(expression).value(variable: 1).description == expected)
    }

    @Test("n_jobs stands for the number of jobs, wherever a number can stand")
    func variable() throws {
        #expect(try ArithmeticExpression("n_jobs").value(variable: 8) == .integer(8))
        #expect(try ArithmeticExpression("1.5 * n_jobs").value(variable: 3) == .real(4.5))
        #expect(try ArithmeticExpression("-n_jobs**2+2*(n_jobs+1)").value(variable: 4) == .integer(-6))
    }

    @Test(
        "Anything but arithmetic is refused",
        arguments: [
            "", " ", "exec('import os')", "print(1)", "import os", "1+1; import os", "1^1", "' ' * 10**10",
            "9. ** 10000.",
            "1/0", "1//0", "1%0", "1.0/0", "1.0//0", "1.0%0", "0**-1", "0.0**-1", "(-8)**0.5", "+1", "1+", "*1",
            "2***3",
            "2* *3", "()", "(1", "1)", "1 2", "1,2", "1j", "0x10", "007", "1_", "1__0", "_1", "1e", "1e+", ".", "1..2",
            "1.2.3", "nan", "inf", "True", "1<2", "1&2", "~1", "2n_jobs", "n_jobs2", "n_jobsn_jobs", "N_JOBS", "n_job",
            "n jobs", "n_jobs()", "١", "2×3", "1\n+1", "1\0",
        ]
    )
    func invalid(expression: String) {
        #expect(throws: Failure.invalid) { try ArithmeticExpression(expression).value(variable: 2) }
    }

    @Test(
        "Numbers and intermediate results beyond a million are refused",
        arguments: [
            ("1e7", "10000000.0"), ("10**7", "10000000"), ("9**9**9", "387420489"), ("1000001", "1000001"),
            ("-1000001", "1000001"), ("1000*1001", "1001000"), ("9999999*0", "9999999"), ("1e400", "inf"),
            ("99999999999999999999", "99999999999999999999"), ("2**1000000", "2**1000000"), ("2**62", "\(1 << 62)"),
            ("2**64", "2**64"), ("999999+n_jobs", "1000001"), ("1000/0.0001", "10000000.0"),
        ]
    )
    func tooLarge(expression: String, number: String) {
        #expect(throws: Failure.tooLarge(number)) { try ArithmeticExpression(expression).value(variable: 2) }
    }

    @Test("The length counts with the number of jobs put in, and without blanks around")
    func length() throws {
        #expect(throws: Failure.tooLong) { try ArithmeticExpression("1" + String(repeating: "+1", count: 50)) }
        #expect(throws: Failure.tooLong) { try ArithmeticExpression(String(repeating: "(", count: 1_000_000)) }
        let text = "n_jobs" + String(repeating: "+1", count: 14)
        #expect(try ArithmeticExpression(text).value(variable: 9) == .integer(23))
        #expect(try ArithmeticExpression(text).value(variable: 16) == .integer(30))
        #expect(throws: Failure.tooLong) { try ArithmeticExpression(text).value(variable: 100) }
        let padded = String(repeating: " ", count: 100) + "2*3" + String(repeating: " ", count: 100)
        #expect(try ArithmeticExpression(padded).value(variable: 1) == .integer(6))
    }

    @Test("The deepest nesting that fits has a value")
    func depth() throws {
        let minuses = String(repeating: "-", count: 29) + "1"
        #expect(try ArithmeticExpression(minuses).value(variable: 1) == .integer(-1))
        let parentheses = String(repeating: "(", count: 14) + "5" + String(repeating: ")", count: 14)
        #expect(try ArithmeticExpression(parentheses).value(variable: 1) == .integer(5))
        #expect(throws: Failure.invalid) { try ArithmeticExpression(String(repeating: "(", count: 30)) }
        #expect(throws: Failure.invalid) { try ArithmeticExpression(String(repeating: "-", count: 30)) }
    }
}
