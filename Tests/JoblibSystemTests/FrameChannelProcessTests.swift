import Foundation
import Testing

@testable import JoblibSystem

@Suite("Shared memory with another process")
struct FrameChannelProcessTests {
    private func echo(
        _ order: String = "rings",
        capacity: Int = 1 << 16
    ) throws -> (child: ChildProcess, socket: FrameSocket, channel: FrameChannel) {
        let channel = try FrameChannel.create(capacity: capacity)
        let number = channel.memory.descriptor.number
        let (child, socket) = try CaseProgram.worker(order, descriptors: [number])
        channel.end(with: try ServiceThread.shared(), when: child.ending, .readable)
        #expect(try socket.receive().frame != nil)
        return (child, socket, channel)
    }

    @Test("A worker answers through the rings; the time of a round trip is reported")
    func roundTrip() throws {
        let (child, socket, channel) = try echo()
        for count in [0, 64, 1000, 1_000_000] {
            let frame = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
            let sender = Thread { try? channel.writer.send(frame) }
            sender.start()
            #expect(try channel.reader.receive() == frame)
        }
        let frame = [UInt8](repeating: 1, count: 64)
        var times: [UInt64] = []
        for _ in 0..<20_000 {
            let start = MonotonicClock.now
            try channel.writer.send(frame)
            _ = try channel.reader.receive()
            times.append(MonotonicClock.now - start)
        }
        times.sort()
        print("round trip of 64 bytes: median \(times[10_000]) ns, lowest \(times[0]) ns, 99% \(times[19_800]) ns")
        socket.shutDown()
        #expect(try child.wait() == .exited(0))
    }

    @Test("A worker killed while frames fly is an end, never a hang or damage")
    func killed() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<(CaseProgram.isLong ? 1500 : 60) {
            let (child, socket, channel) = try echo(capacity: 4096)
            let last = Int(random.next(upperBound: 500 as UInt))
            let frames = (0..<16).map { number in
                [UInt8](repeating: UInt8(number), count: Int(random.next(upperBound: 6000 as UInt)))
            }
            let sender = Thread {
                for round in 0... {
                    if round == last { child.send(.kill) }
                    do { try channel.writer.send(frames[round % 16]) } catch { return }
                }
            }
            sender.start()
            let error = #expect(throws: FrameRingError.self) {
                for round in 0... {
                    guard try channel.reader.receive() == frames[round % 16] else {
                        Issue.record("frame \(round) is damaged")
                        return
                    }
                }
            }
            #expect(error == .ended)
            #expect(try child.wait() == .signalled(SIGKILL, coreDumped: false))
            withExtendedLifetime(socket) {}
        }
    }

    @Test("A worker that fills the shared memory with nonsense harms nobody but itself")
    func scribbler() throws {
        let rounds = CaseProgram.isLong ? 2000 : 150
        let (child, socket, first) = try echo("scribble", capacity: 4096)
        var (damages, frames) = (0, 0)
        for _ in 0..<rounds {
            // A fresh pair of sides on the same memory: after damage, a side refuses to go on.
            let channel = try FrameChannel(opening: first.memory, spins: 10)
            for round in 0..<200 {
                do {
                    let frame = try channel.reader.receive(maximumBytes: 20_000, until: 0)
                    frames += 1
                    #expect(frame.count <= 20_000)
                } catch {
                    if case .corrupt = error { damages += 1 }
                    if error != .timedOut { break }
                }
                do {
                    try channel.writer.send([UInt8](repeating: 7, count: round * 50), until: 0)
                } catch {
                    if case .corrupt = error { damages += 1 }
                }
            }
        }
        #expect(damages > 0)
        child.send(.kill)
        #expect(try child.wait() == .signalled(SIGKILL, coreDumped: false))
        withExtendedLifetime(socket) {}
    }
}
