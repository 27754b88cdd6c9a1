#pragma once

/// Whether allocations are counted in this build (not under sanitizers, which bring their own allocator, nor off glibc).
int allocation_count_works(void);

/// The number of allocations that the calling thread has made so far.
long allocation_count(void);
