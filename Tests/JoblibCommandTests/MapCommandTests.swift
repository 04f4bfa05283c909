import Foundation
import Testing

@testable import JoblibCommand
@testable import JoblibSystem

@Suite("joblib map: as a program", .serialized)
struct MapCommandTests {
    @Test("Outputs are in the order of inputs and never mixed, however long tasks take")
    func order() throws {
        let program = try MapProgram()
        let script = "sleep 0.0$(($1 * 7 % 5)); for i in 1 2 3 4 5 6 7 8; do echo $1 $i; done"
        try program.write(script, to: "work/task")
        let inputs = (1...120).map(String.init)
        let ending = try program.run("-j", "6", "sh task", input: inputs.joined(separator: "\n"))
        #expect(ending.status == .exited(0), "\(ending.errors)")
        #expect(ending.lines == inputs.flatMap { input in (1...8).map { "\(input) \($0)" } })
    }

    @Test("Large outputs of tasks that are ahead wait in files, whole")
    func largeOutputs() throws {
        let program = try MapProgram()
        try program.write("[ $1 = 1 ] && sleep 0.5; yes line-$1 | head -c 3000000", to: "work/task")
        let ending = try program.run("-j", "4", "sh task", "1", "2", "3", "4", "5")
        #expect(ending.status == .exited(0), "\(ending.errors)")
        #expect(ending.output.count == 15_000_000)
        for place in 0..<5 {
            let piece = ending.output[(place * 3_000_000)..<((place + 1) * 3_000_000)]
            #expect(piece.starts(with: Array("line-\(place + 1)\n".utf8)))
        }
    }

    @Test("Ten thousand inputs, all in order")
    func tenThousand() throws {
        let program = try MapProgram()
        let inputs = (1...10_000).map(String.init)
        let ending = try program.run("-j", "3", "echo {}-{#}", input: inputs.joined(separator: "\n") + "\n")
        #expect(ending.status == .exited(0), "\(ending.errors)")
        #expect(ending.lines == inputs.map { "\($0)-\($0)" })
    }

    @Test("Names with anything in them arrive as they are: from a pattern of the shell's, and from find")
    func hostileNames() throws {
        let program = try MapProgram()
        let names = [
            "a b", "it's", "\\\"", "-n", "--help", "--", "$(touch evil)", "`touch evil`", "; touch evil", "new\\nline",
            "tab\\t",
            "\\377\\376", "{}", "{.}", "*", "%s", "\\\\", "é", "#", ":::",
        ]
        let make = names.map {
            let format = $0.replacingOccurrences(of: "'", with: "'\\''").replacingOccurrences(of: "%", with: "%%")
            return "printf -- '\(format)' > ../name; : > \"$(cat ../name)\""
        }
        let expected = try program.script(make.joined(separator: "\n") + "\nfor f in *; do printf '<%s>' \"$f\"; done")
        #expect(expected.text.contains("<new\nline>") && expected.output.contains(0xFF))
        let plain = try program.script("joblib map -j 2 \"printf '<%s>'\" -- *")
        #expect(plain.output == expected.output, "\(plain.errors)")
        let script = try program.script("joblib map -j 2 --shell \"printf '<%s>' {}\" -- *")
        #expect(script.output == expected.output, "\(script.errors)")
        let found = try program.script(
            "find . -type f -print0 | sort -z | joblib map -0 -j 2 \"printf '<%s>' {/}\" | tr '>' '\\n' | sort > ../a; "
                + "for f in *; do printf '<%s>' \"$f\"; done | tr '>' '\\n' | sort > ../b; cmp ../a ../b && echo same"
        )
        #expect(found.text == "same\n", "\(found.errors)")
        #expect(program.text("evil") == nil)
        // What a dry run shows, a shell understands.
        let dry = try program.script("joblib map -n \"printf '<%s>'\" -- * > ../cmds; bash ../cmds")
        #expect(dry.output == expected.output, "\(dry.errors)")
    }

    @Test("Exit codes and what is said")
    func exitCodes() throws {
        let program = try MapProgram()
        #expect(try program.run("true", "a", "b").status == .exited(0))
        let failed = try program.run("-j", "2", "sh -c 'exit $1' sh", "0", "3", "0")
        #expect(failed.status == .exited(1))
        #expect(failed.errors.contains("1 of 3 tasks failed") && failed.errors.contains("task 2: exit code 3"))
        #expect(try program.run("sh -c 'kill -9 $$'", "a").errors.contains("killed by signal 9"))
        let wrong = [
            [], ["--nonsense", "true"], ["true | cat", "a"], ["no-such-command-here", "a"], ["-j", "0", "true", "a"],
            ["--resume", "true", "a"], ["{2}", "a"], ["--report", "x.png", "true", "a"],
            ["--halt", "now", "true", "a"],
            ["--timeout", "0", "true", "a"], ["-a", "missing", "true"], ["--header", "true", "a"], ["true 'a", "a"],
            ["--retries", "-1", "true", "a"], ["echo", ":::", "a"], ["echo hi;", "a"], ["--shell", "cat <<E", "a"],
        ]
        for arguments in wrong {
            let child = try program.start(["map"] + arguments)
            let ending = try program.finish(child)
            #expect(ending.status == .exited(2), "\(arguments): \(ending.errors)")
            #expect(!ending.errors.isEmpty)
        }
        #expect(try program.run("--help").text.contains("joblib map -j 4"))
    }

    @Test("Errors of commands go to standard error, tags before lines if wanted")
    func streams() throws {
        let program = try MapProgram()
        try program.write("echo out $1; echo err $1 >&2; printf rest", to: "work/task")
        let ending = try program.run("-j", "2", "--tag", "sh task", "a", "b")
        #expect(ending.text == "a\tout a\na\trest\nb\tout b\nb\trest\n")
        #expect(ending.errors == "a\terr a\nb\terr b\n")
        let stream = try program.run("-j", "2", "--stream", "sh task", "a", "b")
        #expect(stream.lines.sorted() == ["a\tout a", "a\trest", "b\tout b", "b\trest"])
        #expect(try program.run("-j", "2", "--unordered", "sh task", "a", "b").text.contains("out a\nrest"))
    }

    @Test("A tag is the whole input, whatever is in it, on one line")
    func tags() throws {
        let program = try MapProgram()
        let long = String(repeating: "é/", count: 100)
        let ending = try program.run("--tag", "echo {#}", long, "a\nb\tc\u{1B}\u{85}", "back\\slash")
        #expect(ending.text == "\(long)\t1\na\\nb\\tc\\x1b\\xc2\\x85\t2\nback\\slash\t3\n")
        let open = try program.run("--tag", "--shell", "printf foo; printf bar >&2", "a", "b")
        #expect(open.text == "a\tfoo\nb\tfoo\n" && open.errors == "a\tbar\nb\tbar\n")
        #expect(ByteText.escaped([0x61, 0xFF]) == Array("a\\xff".utf8))
    }

    @Test("What is cached is shown as the command that it is, with the time that it took")
    func cachedCommand() throws {
        let program = try MapProgram()
        // Until the clock says that a tenth of a second has gone.
        _ = try program.run("--cache", "cache", "sleep", "0.1")
        let list = try program.finish(program.start(["cache", "ls", "--json", "cache"]))
        let entries = try JSONSerialization.jsonObject(with: Data(list.output)) as? [[String: Any]]
        #expect(entries?.count == 1 && entries?.first?["arguments"] as? [String] == ["sleep 0.1"], "\(list.text)")
        let info = try program.finish(program.start(["cache", "info", "--json", "cache"]))
        let summary = try JSONSerialization.jsonObject(with: Data(info.output)) as? [String: Any]
        #expect(try #require(summary?["tookSeconds"] as? Double) >= 0.1)
    }

    @Test("A task that fails is tried again; only its last output is shown")
    func retries() throws {
        let program = try MapProgram()
        try program.write("echo x >> tries-$1; echo try $1; [ $(wc -l < tries-$1) = 3 ]", to: "work/task")
        let ending = try program.run("-j", "2", "--retries", "2", "--json", "sh task", "a", "b")
        #expect(ending.status == .exited(0), "\(ending.errors)")
        #expect(ending.text == "try a\ntry b\n")
        let object = try JSONSerialization.jsonObject(with: Data(ending.errors.utf8)) as? [String: Any]
        #expect(object?["retried"] as? Int == 4 && object?["succeeded"] as? Int == 2)
        #expect(try program.run("--retries", "1", "false", "a").status == .exited(1))
    }

    @Test("A timeout ends a task and what it has started, and only that")
    func timeouts() throws {
        let program = try MapProgram()
        try program.write("trap '' TERM; sleep 300 & echo $! > child; echo $$ > self; wait; sleep 300", to: "work/slow")
        let ending = try program.run("-j", "2", "--timeout", "3s", "sh", "slow", "/dev/null")
        #expect(ending.status == .exited(1))
        #expect(ending.errors.contains("task 1: took longer than 3.0s"))
        let processes = try [#require(program.text("child")), #require(program.text("self"))]
        try program.wait("all are gone") { !processes.contains(where: MapProgram.lives) }
    }

    @Test("Stopping early: soon waits for what runs, now kills it, success is no failure")
    func halt() throws {
        let program = try MapProgram()
        let input = (1...500).map(String.init).joined(separator: "\n")
        let soon = try program.run("-j", "2", "--halt", "soon,fail=1", "--json", "false", input: input)
        #expect(soon.status == .exited(1))
        #expect(soon.errors.contains("\"failed\":1") || soon.errors.contains("\"failed\":2"), "\(soon.errors)")
        try program.write("[ $1 = 1 ] && exec sleep 300; [ $1 = 2 ] && exit 1; exit 0", to: "work/task")
        let now = try program.run("-j", "2", "--halt", "now,fail=1", "--json", "sh task", input: "1\n2\n")
        #expect(now.status == .exited(1))
        #expect(now.errors.contains("\"stopped\":1"), "\(now.errors)")
        let success = try program.run(
            "-j",
            "1",
            "--halt",
            "now,success=1",
            "sh -c 'exit $(($1 != 3))' sh",
            input: input
        )
        #expect(success.status == .exited(0))
    }

    @Test("What is cached is not run again, unless the input's content has changed")
    func cache() throws {
        let program = try MapProgram()
        try program.write("one", to: "work/a")
        try program.write("two", to: "work/b")
        let command = "sh -c 'echo x >> runs; cat \"$1\"; echo warned >&2' sh"
        let arguments = ["-j", "2", "--cache", "../cache", command, "a", "b"]
        for _ in 0..<2 {
            let ending = try program.finish(program.start(["map"] + arguments))
            #expect(ending.status == .exited(0) && ending.text == "onetwo", "\(ending.errors)")
            #expect(ending.errors == "warned\nwarned\n")
        }
        #expect(program.text("runs") == "x\nx\n")
        try program.write("new", to: "work/b")
        #expect(try program.finish(program.start(["map"] + arguments)).text == "onenew")
        #expect(program.text("runs") == "x\nx\nx\n")
        // A failure is not kept.
        for _ in 0..<2 {
            #expect(
                try program.run("--cache", "../cache", "sh -c 'echo y >> failed; exit 1' sh", "a").status == .exited(1)
            )
        }
        #expect(program.text("failed") == "y\ny\n")
    }

    @Test(
        "A file counts for the cache wherever its name stands in a command",
        arguments: ["dd if={} status=none", "sh -c 'cat \"${1#*@}\"' sh x@{}", "sh -c 'cat \"$1.txt\"' sh {.}"]
    )
    func cachedWithinWords(_ command: String) throws {
        let program = try MapProgram()
        for text in ["one", "two", "two"] {
            try program.write(text, to: "work/in.txt")
            let ending = try program.run("--cache", "../cache", "--json", command, "in.txt")
            #expect(ending.status == .exited(0) && ending.text == text, "\(ending.errors)")
        }
        #expect(try program.run("--cache", "../cache", "--json", command, "in.txt").errors.contains("\"cached\":1"))
        // A file that a word of the command names.
        for text in ["one", "two"] {
            try program.write(text, to: "work/settings")
            #expect(try program.run("--cache", "../c", "sh -c 'cat settings' sh --with=settings", "1").text == text)
        }
    }

    @Test("What was done is known again at another place, and under another number")
    func resumedElsewhere() throws {
        let program = try MapProgram()
        let command = "sh -c 'echo $1; exit $((9 - $3))' sh {} {%} {#}"
        func run(_ inputs: String) throws -> String {
            try program.run("-j", "2", "--joblog", "log", "--resume", command, input: inputs).text
        }
        #expect(try run("a\nb\nc\n") == "a\nb\nc\n")
        #expect(try run("new\na\nb\nother\nc\nd\n") == "new\nother\nd\n")
        #expect(program.text("log")?.contains(" a '{%}' '{#}'\n") == true)
        // Inputs that are the same, and differ by their number only.
        try program.write(
            "1\th\t1.0\t0.1\t0\t0\t0\t0\techo x '{#}'\n3\th\t1.0\t0.1\t0\t0\t0\t0\techo x '{#}'\n",
            to: "work/log"
        )
        let rest = try program.run("--joblog", "log", "--resume", "echo {} {#}", input: "x\nx\nx\nx\n")
        #expect(rest.text == "x 2\nx 4\n")
        // A number that is all there is.
        let numbered = try program.run("--joblog", "other", "--resume", "echo {#}", input: "a\nb\n")
        #expect(numbered.text == "1\n2\n")
        #expect(try program.run("--joblog", "other", "--resume", "echo {#}", input: "a\nb\nc\n").text == "3\n")
        // The place does not count for the cache.
        for _ in 0..<2 {
            let cached = try program.run("-j", "2", "--cache", "../c", "--json", "echo {} {%}", "a", "b", "c", "d")
            #expect(cached.lines.map { $0.prefix(1) } == ["a", "b", "c", "d"])
        }
        let cached = try program.run("-j", "1", "--cache", "../c", "--json", "echo {} {%}", "d", "c", "b", "a")
        #expect(cached.errors.contains("\"cached\":4"), "\(cached.errors)")
    }

    @Test("Results, job log and reports are written")
    func records() throws {
        let program = try MapProgram()
        let ending = try program.run(
            "-j",
            "2",
            "--results",
            "res",
            "--joblog",
            "log",
            "--report",
            "run.json",
            "sh -c 'echo $1; echo e >&2; exit $1' sh",
            "0",
            "4"
        )
        #expect(ending.status == .exited(1) && ending.text == "0\n4\n")
        #expect(program.text("res/1/stdout") == "0\n" && program.text("res/2/stderr") == "e\n")
        #expect(program.text("res/2/status")?.hasPrefix("exit 4\nsignal 0\n") == true)
        let log = try #require(program.text("log")).split(separator: "\n")
        #expect(log.count == 3 && log[0].hasPrefix("Seq\tHost\tStarttime"))
        let fields = try #require(log.first { $0.hasPrefix("2\t") }).split(separator: "\t")
        #expect(fields.count == 9 && fields[6] == "4")
        let trace =
            try JSONSerialization.jsonObject(with: Data(#require(program.text("run.json")).utf8)) as? [String: Any]
        #expect((trace?["traceEvents"] as? [Any])?.isEmpty == false)
        _ = try program.run("-j", "2", "--report", "run.svg", "true", "1", "2")
        #expect(program.text("run.svg")?.contains("<svg") == true)
    }

    @Test("Tables give columns, by number and by name")
    func tables() throws {
        let program = try MapProgram()
        let table = "name,size\n\"a, b\",1\n\"say \"\"hi\"\"\nthere\",2\n"
        #expect(
            try program.run("--csv", "--header", "echo {size}:{name}", input: table).text
                == "1:a, b\n2:say \"hi\"\nthere\n"
        )
        #expect(try program.run("--colsep", "\\t", "echo {2}-{1}", input: "a b\tc\n").text == "c-a b\n")
        #expect(try program.run("-a", "../in", "echo", input: "x\n\ny").text == "x\n\ny\n")
    }

    @Test("Scripts that do not say whose they are run in a shell, and what cannot be started is a task that failed")
    func starting() throws {
        let program = try MapProgram()
        let script = """
            printf 'echo plain $1\\n' > plain; printf '#!/no/such/shell\\n' > lost; chmod +x plain lost
            joblib map ./plain a; joblib map ./lost b; echo $?; joblib map './{}' plain missing; echo $?
            """
        let ending = try program.script(script)
        #expect(ending.lines == ["plain a", "1", "plain", "1"], "\(ending.errors)")
        #expect(ending.errors.contains("cannot start \"./lost\"") && ending.errors.contains("./missing is no program"))
        let zero = try program.run("--json", "echo", input: "a\u{0}b\nc\n")
        #expect(zero.status == .exited(1) && zero.text == "c\n" && zero.errors.contains("--null"))
    }

    @Test("Many at once, each at a place of its own, and none of them there afterwards")
    func manyAtOnce() throws {
        let program = try MapProgram()
        let inputs = (1...150).map { "\($0)\n" }.joined()
        let command = "sh -c 'mkdir place-$2 && : > ran-$1 && sleep 0.1; rmdir place-$2' sh {} {%}"
        let ending = try program.run("-j", "60", command, input: inputs)
        #expect(ending.status == .exited(0), "\(ending.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: program.directory + "/work")
        #expect(names.count == 150 && names.allSatisfy { $0.hasPrefix("ran-") })
    }

    @Test("A reader that goes away ends the run")
    func closedPipe() throws {
        let program = try MapProgram()
        let ending = try program.script("seq 100000000 | joblib map -j 2 echo | head -n 3", input: "")
        #expect(ending.text == "1\n2\n3\n")
    }

    @Test("Inputs that come slowly are worked on as they come")
    func slowInputs() throws {
        let program = try MapProgram()
        let script =
            "(echo a; while [ ! -f done-a ]; do sleep 0.01; done; echo b) | joblib map -j 2 'touch done-{}'; ls"
        let ending = try program.script(script)
        #expect(ending.lines == ["done-a", "done-b"])
    }
}
