import Lanes

/// Five steps of Newton's and Schulz' iteration, which bring the singular values of a matrix near
/// 1.
///
/// `X = U / max(‖U‖_F, 10⁻⁷)`, transposed if it has more rows than columns; five times
/// `A = X Xᵀ`, `X ← a X + (b A + c A²) X` with (a, b, c) = (3.4445, −4.7750, 2.0315). These numbers
/// level fast instead of converging: singular values end between 0.7 and 1.2, those of less than a
/// hundredth of the norm below. Jordan et al. (2024). In double precision, every sum in one order.
struct NewtonSchulz: Sendable {
  private let size: Extent
  private let isTransposed: Bool
  private var x: Vector
  private var next: Vector
  private var a: Vector
  private var polynomial: Vector

  /// Room for matrices of a size.
  init(rows: Int, columns: Int) {
    isTransposed = rows > columns
    size = Extent(rows: min(rows, columns), columns: max(rows, columns))
    x = Vector(zeros: size.rows * size.xStride * 8)
    next = x
    a = Vector(zeros: size.rows * size.aStride * 8)
    polynomial = a
  }

  /// Replaces a matrix, row by row, by `factor` times its levelled form. A matrix of zeros stays.
  mutating func level(_ matrix: UnsafeMutablePointer<Double>, times factor: Double) {
    let (rows, columns, width) = (size.rows, size.columns, size.xStride * 8)
    var norm = 0.0
    for index in 0..<rows * columns { norm += matrix[index] * matrix[index] }
    let inverse = 1 / max(norm.squareRoot(), 1e-7)
    x.withUnsafeMutablePointer { x in
      for row in 0..<rows {
        for column in 0..<columns {
          x[row * width + column] =
            inverse * matrix[isTransposed ? column * rows + row : row * columns + column]
        }
      }
    }
    for _ in 0..<5 { iterate() }
    x.withUnsafeMutablePointer { x in
      for row in 0..<rows {
        for column in 0..<columns {
          matrix[isTransposed ? column * rows + row : row * columns + column] =
            factor * x[row * width + column]
        }
      }
    }
  }

  private mutating func iterate() {
    x.withUnsafeMutablePointer { x in
      a.withUnsafeMutablePointer { a in
        size.square(x, into: a)
        polynomial.withUnsafeMutablePointer { polynomial in
          size.expand(a, into: polynomial)
          next.withUnsafeMutablePointer { next in size.advance(x, by: polynomial, into: next) }
        }
      }
    }
    swap(&x, &next)
  }
}

/// The size of X, and the sums over it.
private struct Extent: Sendable {
  let rows: Int
  let columns: Int
  /// Vectors of eight of a row of X.
  var xStride: Int { (columns + 7) / 8 }
  /// Vectors of eight of a row of A.
  var aStride: Int { (rows + 7) / 8 }

  /// A = X Xᵀ.
  func square(_ x: UnsafeMutablePointer<Double>, into a: UnsafeMutablePointer<Double>) {
    let width = aStride * 8
    for i in 0..<rows {
      for j in 0...i {
        let (left, right) = (x.lanes + i * xStride, x.lanes + j * xStride)
        var sum = Lanes.zero
        for index in 0..<xStride { sum.addProduct(left[index], right[index]) }
        let product = Reduction.sum(sum)
        a[i * width + j] = product
        a[j * width + i] = product
      }
    }
  }

  /// b A + c A²; A is symmetric.
  func expand(_ a: UnsafeMutablePointer<Double>, into sum: UnsafeMutablePointer<Double>) {
    let (cubic, quintic) = (Lanes(repeating: -4.7750), Lanes(repeating: 2.0315))
    for i in 0..<rows {
      let entries = a + i * aStride * 8
      for index in 0..<aStride {
        var product = Lanes.zero
        for k in 0..<rows {
          product.addProduct(Lanes(repeating: entries[k]), a.lanes[k * aStride + index])
        }
        var total = quintic * product
        total.addProduct(cubic, a.lanes[i * aStride + index])
        sum.lanes[i * aStride + index] = total
      }
    }
  }

  /// a X + P X.
  func advance(
    _ x: UnsafeMutablePointer<Double>, by polynomial: UnsafeMutablePointer<Double>,
    into next: UnsafeMutablePointer<Double>
  ) {
    let linear = Lanes(repeating: 3.4445)
    for i in 0..<rows {
      let factors = polynomial + i * aStride * 8
      for index in 0..<xStride {
        var sum = linear * x.lanes[i * xStride + index]
        for k in 0..<rows {
          sum.addProduct(Lanes(repeating: factors[k]), x.lanes[k * xStride + index])
        }
        next.lanes[i * xStride + index] = sum
      }
    }
  }
}
