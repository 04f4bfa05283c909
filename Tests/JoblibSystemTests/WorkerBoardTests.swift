import Testing

@testable import JoblibSystem

@Suite("What a worker tells without sending anything")
struct WorkerBoardTests {
    @Test("An order is begun or taken back, not both")
    func claims() throws {
        let board = try WorkerBoard.create()
        board.offer(1)
        board.offer(2)
        #expect(board.claim(order: 1))
        #expect(!board.takeBack(1))
        #expect(board.takeBack(2))
        #expect(!board.claim(order: 2))
        #expect(!board.claim(order: 1))
    }

    @Test("An order that was taken back long ago does not pass for a later one in its place")
    func reuse() throws {
        let board = try WorkerBoard.create()
        let later = 7 + UInt64(WorkerBoard.claimCount)
        board.offer(7)
        #expect(board.takeBack(7))
        board.offer(later)
        #expect(!board.claim(order: 7))
        #expect(board.claim(order: later))
    }
}
