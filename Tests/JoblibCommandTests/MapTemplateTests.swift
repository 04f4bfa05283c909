import Foundation
import Testing

@testable import JoblibCommand
@testable import JoblibSystem

@Suite("joblib map: commands and their places")
struct MapTemplateTests {
    private func words(
        _ template: String,
        _ input: String,
        columns: [String]? = nil,
        names: [String] = []
    ) throws -> [String] {
        let template = try CommandTemplate(Array(template.utf8), names: names)
        let bytes = Array(input.utf8)
        let input = MapInput(whole: bytes, columns: columns?.map { Array($0.utf8) } ?? [bytes])
        return template.words(MapTask(sequence: 7, input: input), slot: 1).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Words are separated by blanks, and an input is never separated")
    func splitting() throws {
        #expect(try words("a  b\tc {}", "x y") == ["a", "b", "c", "x y"])
        #expect(try words("a 'b c' \"d e\" f\\ g{}", "1") == ["a", "b c", "d e", "f g1"])
        #expect(try words("a '' \"\" {}", "") == ["a", "", "", ""])
        #expect(try words("a '\"' \"'\" \"\\\"\" \"\\\\\" '\\' {}", "1") == ["a", "\"", "'", "\"", "\\", "\\", "1"])
        #expect(try words("a \"$HOME *\" {}", "$(rm -rf /)") == ["a", "$HOME *", "$(rm -rf /)"])
        #expect(try words("a '{}' \"{}\" x{}y", "' \"") == ["a", "' \"", "' \"", "x' \"y"])
    }

    @Test("Braces that are no places stay as they are, and a backslash makes one stay")
    func literalBraces() throws {
        #expect(try words("awk '{print $1}' {}", "f") == ["awk", "{print $1}", "f"])
        #expect(try words("echo \\{} {nobody} {", "f") == ["echo", "{}", "{nobody}", "{", "f"])
        #expect(try words("echo {{}} {0} {01}", "f") == ["echo", "{f}", "{0}", "{01}"])
    }

    @Test("A command without a place gets the input, or all columns, as its last arguments")
    func appended() throws {
        #expect(try words("gzip -9", "a b") == ["gzip", "-9", "a b"])
        #expect(try words("echo {#}", "a b") == ["echo", "7"])
        #expect(try words("echo", "1,2", columns: ["1", "2"], names: ["a", "b"]) == ["echo", "1", "2"])
    }

    @Test(
        "Parts of paths",
        arguments: [
            ("a/b.c/d.tar.gz", ["a/b.c/d.tar", "d.tar.gz", "a/b.c", "d.tar"]),
            ("x", ["x", "x", ".", "x"]),
            ("/x", ["/x", "x", "/", "x"]),
            ("/", ["/", "/", "/", "/"]),
            ("a/", ["a/", "a", ".", "a"]),
            ("a//b//", ["a//b//", "b", "a", "b"]),
            (".profile", [".profile", ".profile", ".", ".profile"]),
            ("a.b/c", ["a.b/c", "c", "a.b", "c"]),
            ("c.", ["c.", "c.", ".", "c."]),
            ("", ["", "", ".", ""]),
        ]
    )
    func paths(_ path: String, _ parts: [String]) throws {
        #expect(try words("c {.} {/} {//} {/.}", path) == ["c"] + parts)
    }

    @Test("Columns by number and by name, also parts of them")
    func columns() throws {
        let row = ["a/x.y", "2 3"]
        #expect(
            try words("c {2}{1} {1/} {1//} {1/.} {1.} {%}", "r", columns: row) == [
                "c", "2 3a/x.y", "x.y", "a", "x", "a/x", "2",
            ]
        )
        #expect(
            try words("c {file/.} {n} {f.g}", "r", columns: row, names: ["file", "n"]) == ["c", "x", "2 3", "{f.g}"]
        )
        #expect(try words("c {3}", "r", columns: row) == ["c", ""])
    }

    @Test(
        "What makes no sense is refused",
        arguments: [
            "", "  ", "a 'b", "a \"b", "a \\", "a | b", "a > b", "a && b", "a ; b",
            "sort {} >{}.out", "sort <{}", "a {} 2>{}.err", "a {} 2>&1", "a 1>\"x y\"", "a {} |b", "a {}; b", "a b;",
            "a &",
            "a >'b'", "a {} &>b",
        ]
    )
    func refused(_ template: String) {
        #expect(throws: CommandFailure.self) { try words(template, "x") }
    }

    @Test("Operators of a shell are words in quotes")
    func quotedOperators() throws {
        #expect(try words("expr 1 '|' {}", "0") == ["expr", "1", "|", "0"])
        #expect(try words("expr 1 \\> {}", "0") == ["expr", "1", ">", "0"])
        #expect(try words("find {} -delete \\; 'a;' \"<b\" 2", "0") == ["find", "0", "-delete", ";", "a;", "<b", "2"])
        #expect(try words("get x?a=1&b={} a->b '2>'c", "0") == ["get", "x?a=1&b=0", "a->b", "2>c"])
    }

    @Test(
        "In a script, an input is one word wherever it is put, and never a part of the script",
        arguments: [
            ("printf '<%s>' {}", "<IN>"), ("printf '<%s>' \"{}\"", "<IN>"), ("printf '<%s>' '{}'", "<IN>"),
            ("printf '<%s>' a{}b", "<aINb>"), ("printf '<%s>' \"a {} b\"", "<a IN b>"),
            ("printf '<%s>' \"$(printf %s {})\"", "<IN>"), ("printf '<%s>' \"$(printf %s \"{}\")\"", "<IN>"),
            ("printf '<%s>'", "<IN>"), ("x={}; printf '<%s>' \"$x\"", "<IN>"),
            ("printf '<%s>' {} | cat", "<IN>"), ("printf '<%s>' {} # don't", "<IN>"), ("(printf '<%s>' {})", "<IN>"),
            ("y={}; printf '<%s>' \"${y}\" ${#}", "<IN><1>"),
            ("# it's a comment\nprintf '<%s>' {}; # and this isn't\n#'\nprintf '<%s>' {}", "<IN><IN>"),
            ("printf '<%s>' # that's {}", "<IN>"), ("printf '<%s>' a#\\'b {}", "<a#'b><IN>"),
            ("printf '<%s>' \"`printf %s {}`\"", "<IN>"), ("printf '<%s>' \"`printf %s '{}'`\"", "<IN>"),
            ("x=`printf '%s' {}`; printf '<%s>' \"$x\"", "<IN>"), ("printf '<%s>' \"$((1 << 2))\" {}", "<4><IN>"),
        ]
    )
    func scripts(_ script: String, _ expected: String) throws {
        for input in [
            "a b", "$(touch evil)", "`touch evil`", "'; touch evil; '", "\"; touch evil; \"", "*", "-n", "a\nb", "\\",
        ] {
            let template = try CommandTemplate(script: Array(script.utf8), names: [])
            let words = template.words(MapTask(sequence: 1, input: MapInput(Array(input.utf8))), slot: 0)
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
            process.standardOutput = pipe
            let directory = try MapProgram()
            process.currentDirectoryURL = URL(fileURLWithPath: directory.directory + "/work")
            try process.run()
            let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(String(decoding: output, as: UTF8.self) == expected.replacingOccurrences(of: "IN", with: input))
            #expect(directory.text("evil") == nil)
        }
    }

    @Test("Here-documents and sums, in which quotes are no quotes, are refused")
    func hereDocuments() throws {
        for script in ["cat <<E\n{}\nE", "cat <<-'E'\ndon't\nE", "(cat <<E)"] {
            let failure = #expect(throws: CommandFailure.self) {
                try CommandTemplate(script: Array(script.utf8), names: [])
            }
            #expect(failure?.code == 2 && failure?.description.contains("<<") == true)
        }
        #expect(throws: CommandFailure.self) { try CommandTemplate(script: Array("echo $((1 + {}))".utf8), names: []) }
        #expect(throws: Never.self) { try CommandTemplate(script: Array("echo '<<' \"<<\" {} # <<".utf8), names: []) }
    }

    @Test("With a header, a column that is not there is refused, and those that are there are named")
    func unknownColumns() throws {
        for command in ["echo {nmae}", "echo {a}{fille/.}", "echo '{File}'"] {
            for isScript in [false, true] {
                let failure = #expect(throws: CommandFailure.self) {
                    try isScript
                        ? CommandTemplate(script: Array(command.utf8), names: ["file", "a"])
                        : CommandTemplate(Array(command.utf8), names: ["file", "a"])
                }
                #expect(failure?.code == 2 && failure?.description.contains("{file}, {a}") == true)
            }
        }
        let names = ["file"]
        #expect(try words("awk '{print $1} { x }' ${HOME} {a,b} {file}", "f", names: names).last == "f")
        #expect(throws: Never.self) {
            try CommandTemplate(script: Array("x=1; { echo ${x} {1..2}; } {file}".utf8), names: names)
        }
    }

    @Test("Rules for stopping")
    func halting() throws {
        let percent = try #require(HaltRule(argument: "soon,fail=10%"))
        #expect(!percent.holds(succeeded: 0, failed: 2))
        #expect(percent.holds(succeeded: 27, failed: 3))
        #expect(!percent.holds(succeeded: 28, failed: 3))
        let first = try #require(HaltRule(argument: "now,fail=1"))
        #expect(first.isNow && first.holds(succeeded: 0, failed: 1) && !first.holds(succeeded: 9, failed: 0))
        #expect(try #require(HaltRule(argument: "soon,done=2")).holds(succeeded: 1, failed: 1))
        #expect(try #require(HaltRule(argument: "now,success=1")).holds(succeeded: 1, failed: 0))
        #expect(HaltRule(argument: "never") == .never)
        for text in [
            "", "now", "now,fail", "now,fail=0", "now,fail=-1", "later,fail=1", "now,fail=101%", "now,fail=x",
            "now,fall=1",
        ] {
            #expect(HaltRule(argument: text) == nil, "\(text)")
        }
    }
}
