// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "core/types/catalogue_rows.h"

class QVBoxLayout;

namespace p2l::ui {

class AlgorithmLine;

/// A solver's step, line by line, with the current line lit. A click chooses a line, and so do the arrow keys, Home and
/// End; Tab comes to the current one.
class AlgorithmView : public QWidget {
  Q_OBJECT
 public:
  explicit AlgorithmView(QWidget* parent = nullptr);

  /// @return whether they are others than before; then the first one is the current line
  bool setLines(const QString& title, const std::vector<IterationLine>& lines, ModelKind kind);
  /// "step 12 of 30, t = 617".
  void setStep(const QString& text);
  /// -1: none.
  void setCurrent(int line);
  int current() const { return current_; }
  /// Number of its lines.
  int count() const { return static_cast<int>(rows_.size()); }
  /// The formula of the current line, in HTML.
  QString currentHtml() const;

 signals:
  void chosen(int line);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  friend class AlgorithmLine;
  void showLines();
  /// Chooses a line, where there is one, and gives it the focus.
  void go(int line);

  QLabel *title_, *step_;
  QVBoxLayout* column_;
  std::vector<IterationLine> lines_;
  ModelKind kind_ = ModelKind::Latent;
  std::vector<AlgorithmLine*> rows_;
  int current_ = 0;
};

}  // namespace p2l::ui
