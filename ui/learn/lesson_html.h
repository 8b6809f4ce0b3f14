// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QString>

namespace p2l::ui {

class LearnModel;

/// A picture of a lesson that its stage shows, such as mean and spread.
struct LessonPicture {
  QString title;
  QImage picture;
};

/// The open lesson as one HTML file that needs nothing else: text, questions whose answers open by a click with the
/// numbers that were measured, the lines of a step, and the pictures of at most kHtmlSteps steps of the run shown.
QString lessonHtml(const LearnModel& model, const QList<LessonPicture>& pictures);
inline constexpr int kHtmlSteps = 10;

}  // namespace p2l::ui
