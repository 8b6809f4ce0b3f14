// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/keeping_problem.h"

#include <QDir>
#include <QFileInfo>

#include "ui/language/words.h"

namespace p2l::ui {

QString keepingProblem(const QString& folder, const QString& problem) {
  if (problem.isEmpty()) return problem;
  QFileInfo nearest(folder);  // it, or where it would be made
  while (!nearest.exists() && !nearest.isRoot()) nearest.setFile(nearest.path());
  if (nearest.isDir() && nearest.isWritable()) return problem;  // a full disk, say
  return tr("Neither runs nor unsaved work can be kept, because the folder %1 cannot be written to: make it writable, "
            "or start the studio with XDG_DATA_HOME set to a folder that is.")
      .arg(QDir::toNativeSeparators(folder));
}

}  // namespace p2l::ui
