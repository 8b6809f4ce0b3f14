// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/experiment/plan.h"
#include "core/types/run_control.h"
#include "ui/base/background_work.h"

namespace p2l::ui {

/// Lists the photos of files and folders away from the GUI thread, one request after the other: a folder of thousands,
/// or one on a slow drive, takes a while. Its end stops the reading, and waits for what the disk is asked at the
/// moment.
class PhotoListing {
 public:
  ~PhotoListing() { stop(); }

  /// `look` gets the photos as photosFrom() lists them, beside the GUI thread, and returns what is wanted of them.
  /// `done` gets that on the GUI thread, or a value-initialised one and the sentence why the photos cannot be listed.
  template <class Look, class Done>
  void start(const QStringList& paths, Look look, Done done) {
    std::vector<std::string> files;
    for (const auto& path : paths) files.push_back(path.toStdString());
    ++unanswered_;
    work_.start([files = std::move(files), control = control_,
                 look = std::move(look)] { return look(photosFrom(files, control.get()), *control); },
                [this, control = control_, done = std::move(done)](const auto& found, const QString& problem) {
                  if (control->stopRequested()) return;
                  --unanswered_;
                  done(found, problem);
                });
  }
  /// Nothing that was asked for is read further, and none of it is answered.
  void stop() {
    control_->requestStop();
    control_ = std::make_shared<RunControl>();
    unanswered_ = 0;
  }
  bool busy() const { return unanswered_ > 0; }

 private:
  std::shared_ptr<RunControl> control_ = std::make_shared<RunControl>();  ///< of all that was asked for since stop()
  int unanswered_ = 0;
  BackgroundWork work_;
};

}  // namespace p2l::ui
