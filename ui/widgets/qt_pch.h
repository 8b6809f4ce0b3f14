// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for the studio; nothing relies on it being there. These few and not all of QtWidgets: GCC makes the
// templates of a precompiled header anew in every source, two thirds of a small one's time.
#pragma once
#include <QComboBox>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
