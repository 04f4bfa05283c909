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
            joblib map -j 2 --timeout 10 'sh task' a b |
            (: > go; while [ ! -f done ]; do sleep 0.01; done; sleep 10.5; wc -c | tr -d ' ')
            """
        let ending = try program.script(script)
        #expect(ending.text == "300003\n" && ending.errors.isEmpty, "\(ending.errors)")
    }

    @Test("A reader that has seen enough is no reason to say anything")
    func enough() throws {
        let program = try MapProgram()
        let ending = try program.script("seq 100000 | joblib map -j 2 'echo {}' | head -n 3")
        #expect(ending.text == "1\n2\n3\n" && ending.errors.isEmpty, "\(ending.errors)")
    }

    @Test("A report that cannot be written is told before anything runs")
    func report() throws {
        let program = try MapProgram()
        for path in ["missing/run.svg", "folder.svg"] {
            try FileManager.default.createDirectory(
                atPath: program.directory + "/work/folder.svg",
                withIntermediateDirectories: true
            )
            let ending = try program.run("--report", path, "touch", "ran")
            #expect(ending.status == .exited(2) && ending.errors.contains("--report"), "\(ending.errors)")
            #expect(program.text("ran") == nil)
        }
        #expect(try program.run("--report", "run.svg", "false", "a").status == .exited(1))
        #expect(try FileManager.default.contentsOfDirectory(atPath: program.directory + "/work").count == 2)
    }

    @Test("A report that cannot be written any more hides nothing, and the summary is the last line")
    func lostReport() throws {
        let program = try MapProgram()
        let script = """
            mkdir place; joblib map --json --report place/run.svg 'rmdir' place; echo $?
            mkdir place
            joblib map --json --report place/run.svg --results place/results --shell 'rm -r {}; : > {}' place; echo $?
            """
        let ending = try program.script(script)
        #expect(ending.lines == ["1", "1"], "\(ending.errors)")
        let errors = ending.errors.split(separator: "\n")
        let summaries = errors.indices.filter { errors[$0].hasPrefix("{") }
        #expect(summaries.count == 2 && summaries.last == errors.indices.last && (summaries.first ?? 0) > 0)
        #expect(errors.contains { $0.contains("place/run.svg") } && errors.contains { $0.contains("place/results/1") })
        #expect(ending.errors.contains("\"succeeded\":1"))
    }
}
