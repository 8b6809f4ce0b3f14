// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>
#include <functional>
#include <string>

class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace p2l::ui {

class ModelStore;
class PanelScroller;
class ParamPanel;
struct ModelEntry;

/// The models that the studio knows, what is known of them, and how each computes: add, remove, choose, options. Shows
/// the store and changes it; reads no file itself.
class ModelManager : public QDialog {
  Q_OBJECT
 public:
  enum Column { Name, Kind, Size, Licence, State };

  /// The questions for files; a test gives its own answers. Empty when nothing was chosen.
  struct Questions {
    std::function<QString(QWidget*parent)> folder, file;
    std::function<QString(QWidget* parent, const QString& title)> part;  ///< the file of an option
  };

  explicit ModelManager(ModelStore* store, QWidget* parent = nullptr);

  void setQuestions(Questions questions) { questions_ = std::move(questions); }
  /// The entry that is shown below the list.
  int shown() const;
  void showEntry(int index);
  /// What a run with the shown model and its options needs.
  void showNeeds(const QString& text);

 signals:
  /// The shown model or its options changed: the memory that it needs is to be predicted.
  void needsWanted(int index);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// Where not all below the list is seen, the list is so high that no row of it is cut through.
  void cutBetweenRows();
  QWidget* buildList();
  QWidget* buildDetails();
  QWidget* buildOptions();
  void fill();
  void fillRow(int index);
  void showDetails();
  void takeOptions();
  /// The file or folder of an option.
  void browse(const std::string& key);
  void add(const QString& path);
  QPushButton* button(const QString& text, const QString& help, const std::function<void()>& action);

  ModelStore* store_;
  Questions questions_;
  QTableWidget* list_;
  PanelScroller* below_;  ///< what is known of the model, and its options
  QLabel *title_, *path_, *kind_, *hash_, *state_, *needs_;
  ParamPanel* options_;
  QComboBox* device_;
  QPushButton *remove_, *use_;
  bool filling_ = false;
  QTimer settled_;
};

/// "4.0 GB" as file managers state it.
QString fileSizeText(quint64 bytes);

}  // namespace p2l::ui
