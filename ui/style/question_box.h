// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMessageBox;
class QWidget;

namespace p2l::ui {

/// Words of a box with plain texts that are too long for it, such as a path, are elided in their middle, so that it
/// fits any screen; the tooltip of the text has it whole. To be called once the texts are set.
void elideLongWords(QMessageBox& box);

/// Asks a question that is answered by Yes or No, however long the names in it are.
bool askYes(QWidget* parent, const QString& title, const QString& question);

}  // namespace p2l::ui
