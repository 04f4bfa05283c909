import Foundation
import Testing

@testable import JoblibSystem

@Suite("Terminal, standard error, environment, process")
struct ProcessTests {
    @Test("A file and a closed descriptor are no terminals and have no width")
    func noTerminal() throws {
        let file = FileHandle.nullDevice.fileDescriptor
        #expect(!Terminal.isTerminal(file))
        #expect(Terminal.columns(file) == nil)
        #expect(!Terminal.isTerminal(-1))
        #expect(Terminal.columns(-1) == nil)
    }

    #if os(Linux)
    @Test("A terminal is known as one, with its width once that is set")
    func terminal() throws {
        let terminal = try #require(FileHandle(forUpdatingAtPath: "/dev/ptmx"))
        #expect(Terminal.isTerminal(terminal.fileDescriptor))
        #expect(Terminal.columns(terminal.fileDescriptor) == nil)
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        // Safe: the call reads one structure of ours.
        let result = unsafe ioctl(terminal.fileDescriptor, UInt(TIOCSWINSZ), &size)
        #expect(result == 0)
        #expect(Terminal.columns(terminal.fileDescriptor) == 132)
    }
    #endif

    @Test("A text arrives whole through a pipe")
    func pipeTakesText() throws {
        let pipe = Pipe()
        StandardError.write(Array("20 of 20\n".utf8), to: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        let read = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(String(decoding: read, as: UTF8.self) == "20 of 20\n")
    }

    @Test("A reader who went away does not end the program")
    func brokenPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        for _ in 0..<3 { StandardError.write([1, 2, 3], to: pipe.fileHandleForWriting.fileDescriptor) }
        StandardError.write([1, 2, 3], to: -1)
    }

    @Test("A reader who takes nothing does not hold the program up")
    func fullPipe() throws {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
        StandardError.write([UInt8](repeating: 0, count: 1 << 20), to: writer, patienceMilliseconds: 0)
        #expect(try pipe.fileHandleForReading.read(upToCount: 4096)?.count == 4096)
    }

    @Test("Environment variables are read as they are now")
    func environment() async {
        // In a process of its own: a variable may not be set while other tests read all of them to start programs.
        await #expect(processExitsWith: .success) {
            let name = "JOBLIB_SYSTEM_TESTS_VARIABLE"
            #expect(Environment.value(name) == nil)
            // Safe: both texts are copied by the call.
            unsafe setenv(name, "a=b", 1)
            #expect(Environment.value(name) == "a=b")
            #expect(Environment.all[name] == "a=b")
            // Safe: the text is only read.
            unsafe unsetenv(name)
            #expect(Environment.all[name] == nil)
            #expect(Environment.all["PATH"] == Environment.value("PATH"))
        }
    }

    @Test("This process knows its number, its machine and its file")
    func process() throws {
        #expect(CurrentProcess.identifier == getpid())
        #expect(!CurrentProcess.hostName.isEmpty)
        let path = try #require(CurrentProcess.executablePath)
        #expect(FileManager.default.isExecutableFile(atPath: path))
    }
}
