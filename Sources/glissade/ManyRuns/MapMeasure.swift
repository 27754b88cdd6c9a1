import ArgumentParser
import Training

extension MapMeasure: ExpressibleByArgument {}
