import JoblibParallel
import Testing

@Suite struct TaskRandomTests {
    // Each list is what NumPy 2.4 prints for
    //     numpy.random.Philox(key=seed, counter=index << 128).random_raw(9)
    @Test(
        "The numbers are those of NumPy's Philox",
        arguments: [
            (
                0, 0,
                [
                    0x02F4_BA64_08E4_D89B, 0x3DD6_2B0B_9CA8_C5B2, 0x1C86_67A5_5D90_2E79, 0x907D_7A05_2FD5_B4DC,
                    0x809B_F322_8839_87C3, 0x4711_28B9_E807_F7DD, 0xF250_BA0D_BEC0_65B7, 0xFC6E_D667_67A4_57BC,
                    0x40FA_86F0_F781_945D,
                ]
            ),
            (
                42, 7,
                [
                    0x2BFB_9D63_5BE1_88E2, 0x2B00_49F7_90AF_FF84, 0x1479_A84F_09F8_426D, 0xF188_DDE2_8EC7_9DC1,
                    0xC837_2FC2_E316_F82D, 0x2D55_DDF2_4A0B_6A16, 0xD601_DC0A_EFE5_5811, 0xE2F4_82CC_8F8F_1995,
                    0x6A18_7293_A267_B532,
                ]
            ),
            (
                .max, .max,
                [
                    0xE69D_9942_B7AB_9E63, 0xE69A_8119_1DB3_E1CB, 0x74AF_7EF5_6D06_7C70, 0x80C6_DFB2_1294_7FF6,
                    0x97D6_B1EA_ECFC_BC81, 0xC770_055B_6F22_65B5, 0x164B_8627_6FF8_5376, 0x61EA_64A7_8465_2A96,
                    0xA9E1_7A78_5122_7353,
                ]
            ),
        ] as [(UInt64, Int, [UInt64])]
    )
    func knownAnswers(seed: UInt64, index: Int, expected: [UInt64]) {
        var random = TaskRandom(seed: seed, taskIndex: index)
        #expect(expected.indices.map { _ in random.next() } == expected)
    }

    @Test("The same seed and task give the same numbers, others give others")
    func streams() {
        var seen: Set<UInt64> = []
        for seed in 0..<10 as Range<UInt64> {
            for index in 0..<10 {
                var random = TaskRandom(seed: seed, taskIndex: index)
                var again = TaskRandom(seed: seed, taskIndex: index)
                for _ in 0..<10 {
                    let word = random.next()
                    #expect(again.next() == word)
                    seen.insert(word)
                }
            }
        }
        #expect(seen.count == 1_000)
    }

    @Test("A copy goes on by itself from where it was made")
    func copies() {
        var random = TaskRandom(seed: 1, taskIndex: 2)
        _ = random.next()
        var copy = random
        #expect(copy == random)
        let expected = (0..<7).map { _ in random.next() }
        #expect(copy != random)
        #expect((0..<7).map { _ in copy.next() } == expected)
    }

    @Test("It works with the standard library's random functions, and bits are set half of the time")
    func standardLibrary() {
        var random = TaskRandom(seed: 3, taskIndex: 0)
        #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(Double.random(in: 0..<1, using: &random)) })
        #expect((1...52).shuffled(using: &random).sorted() == Array(1...52))
        let ones = (0..<10_000).reduce(0) { count, _ in count + random.next().nonzeroBitCount }
        #expect((318_000...322_000).contains(ones))
    }

    @Test("No index makes it trap", arguments: [-1, Int.min, Int.max])
    func anyIndex(index: Int) {
        var random = TaskRandom(seed: 0, taskIndex: index)
        #expect(random.next() != random.next())
    }
}
