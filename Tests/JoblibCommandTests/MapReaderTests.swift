import Foundation
import Testing

@testable import JoblibSystem

@Suite("joblib map: slow readers and those that go away", .serialized)
struct MapReaderTests {
    @Test("While the reader takes nothing, tasks that end in time are not too late")
    func slow() throws {
        let program = try MapProgram()
        try program.write(
            "[ $1 = a ] && exec head -c 300000 /dev/zero; while [ ! -f go ]; do sleep 0.01; done; echo hi; : > done",
            to: "work/task"
        )
        // The reader goes on when the time of the second task would be over.
        let script = """
            joblib map -j 2 --timeout 2 'sh task' a b |
            (: > go; while [ ! -f done ]; do sleep 0.01; done; sleep 2.5; wc -c | tr -d ' ')
            """
        let ending = try program.script(script)
        #expect(ending.text == "300003\n" && ending.errors.isEmpty, "\(ending.errors)")
    }
}
