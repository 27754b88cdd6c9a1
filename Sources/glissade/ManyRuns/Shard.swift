import Foundation

/// One share of the work: number `index` of `count`, from 0.
struct Shard: Equatable {
  /// What cannot be read.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  let index: Int
  let count: Int

  /// All of it.
  static let whole = Shard(index: 0, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads `K/N` (1/N to N/N), or `slurm`: the number of this task in a Slurm array, else of this
  /// rank of `srun` or `mpirun`.
  init(_ text: String, environment: [String: String]) throws {
    if text == "slurm" {
      self = try Self.task(environment)
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(number)
    else {
      throw Mistake(description: "--shard takes K/N with K from 1 to N (2/8), or slurm")
    }
    self.init(index: number - 1, count: count)
  }

  private static func task(_ environment: [String: String]) throws -> Shard {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    if let id = number("SLURM_ARRAY_TASK_ID"), let count = number("SLURM_ARRAY_TASK_COUNT") {
      let (first, step) = (
        number("SLURM_ARRAY_TASK_MIN") ?? 0, number("SLURM_ARRAY_TASK_STEP") ?? 1
      )
      let (distance, isOver) = id.subtractingReportingOverflow(first)
      let index = distance / max(1, step)
      if !isOver, count >= 1, (0..<count).contains(index) {
        return Shard(index: index, count: count)
      }
    }
    for (rank, size) in [
      ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"),
      ("SLURM_PROCID", "SLURM_NTASKS"),
    ] {
      if let index = number(rank), let count = number(size), count >= 1,
        (0..<count).contains(index)
      {
        return Shard(index: index, count: count)
      }
    }
    throw Mistake(
      description:
        "--shard slurm: neither a Slurm array (SLURM_ARRAY_TASK_ID and …_COUNT) nor a rank "
        + "of srun or mpirun; --shard K/N says it by hand")
  }

  /// Whether a tile is this share's.
  func takes(_ tile: Int) -> Bool { tile % count == index }
}
