// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace p2l::ui {

/// A sentence in lines as wide as the label. A path that has no place to break is elided in its middle; the tooltip has
/// the whole sentence then.
class SentenceLabel : public QLabel {
 public:
  explicit SentenceLabel(QWidget* parent = nullptr);

  /// In place of setText(); plain.
  void setSentence(const QString& sentence);
  /// The whole, also where text() is elided.
  const QString& sentence() const { return sentence_; }
  /// In pixels; of a longer sentence the end is left out, and the tooltip has all of it. 0: as high as it needs.
  void setMostHeight(int pixels);
  /// However long a word is, it asks for no width.
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void fit();

  QString sentence_;
  int most_height_ = 0;
};

}  // namespace p2l::ui
