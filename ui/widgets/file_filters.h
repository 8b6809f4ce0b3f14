// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace p2l::ui {

/// For a file dialog: the kinds of pictures that readPhoto() of the core reads.
QString pictureFilter();
/// The same, or any file: a photo may lack its ending.
QString pictureOrAnyFilter();
/// Where was saved last, else where the photo was opened from, else the person's documents, else the home; folders that
/// are not there, and the program's own of the sample photo, do not count. `first`: the setting that is asked before,
/// for files with a folder of their own.
QString lastFolder(const char* first = "save_folder");
/// Asks for a file to write. A name without an ending gets that of the chosen filter before a person is asked whether a
/// file of that name may be overwritten. A proposal without a folder is shown where was saved last, else where the
/// photo is, else in the documents or the home. Empty: cancelled.
QString askSaveName(QWidget* parent, const QString& title, const QString& proposal, const QString& filter);
/// This file was written: its folder is the one where was saved last.
void rememberSaved(const QString& path);

}  // namespace p2l::ui
