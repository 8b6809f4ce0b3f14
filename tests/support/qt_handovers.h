// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace p2l::support {

/// Qt is not built with ThreadSanitizer, which therefore takes every value that goes through its event queue or into
/// its thread pools for shared without order. qt_handovers.cpp stands before the four calls by which ours hand over,
/// and this one, made for every event that is delivered, is the other end. All hand-overs are one to it: that orders a
/// thread with those that it gets events from, and with nobody else. Without ThreadSanitizer both are empty.
#if defined(__SANITIZE_THREAD__)
void qtHandoverTaken();
#else
inline void qtHandoverTaken() {}
#endif

}  // namespace p2l::support
