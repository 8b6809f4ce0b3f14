// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "ui/learn/learn_model.h"

namespace p2l::ui {

/// The open lesson as one HTML file that needs nothing else: text, questions whose answers open by a click with the
/// numbers that were measured, the lines of a step, and the pictures of at most kHtmlSteps steps of the run shown.
QString lessonHtml(const LearnModel& model, const QList<LessonPicture>& pictures);
inline constexpr int kHtmlSteps = 10;

}  // namespace p2l::ui
