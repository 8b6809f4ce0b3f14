// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include "core/request/report.h"
#include "core/types/catalogue_rows.h"
#include "ui/base/snapshot_history.h"

namespace p2l::ui {

class AlgorithmView;
class StepTiles;

/// A step of a run that is looked at line by line. What it points at outlives it.
struct StepLook {
  const SolverInfo* solver = nullptr;
  const SnapshotHistory* pictures = nullptr;  ///< of the run
  const StepReport* step = nullptr;           ///< null: there is none yet
  const StepReport* next = nullptr;           ///< the step after it; null: not made
  QImage result;                              ///< what the last step makes; null: another step, or not made
  ParamValues values, sampler;                ///< of the run's solver and sampler: they say what its lines are
  double noise_level = 0.0;                   ///< RunStart::noise_level; 0: not known
  bool on_the_way = false;                    ///< the step or its pictures are being made

  std::vector<IterationLine> lines() const { return solver->linesWith(values, sampler); }
  /// A picture of the step; null where it has none.
  QImage picture(StepPicture which) const;
  /// The line does nothing in this step: its projection is due every gamma steps.
  bool isSkipped(int line) const;
  /// The step has a gradient that can be shown; without one it has rho 0, or its solver keeps it to itself.
  bool takesGradient() const;
  /// The next line that does something; -1: the step is over.
  int lineAfter(int line) const;
  /// The one before that does something; -1: none.
  int lineBefore(int line) const;
};

/// Why the step has no such picture, in a few words.
QString missingText(const StepLook& look, StepPicture which);
/// One plain sentence about the line with the step's numbers, as HTML; empty without a step.
QString sentenceOf(const StepLook& look, int line);

/// "step 12 of 30, t = 617".
QString placeText(const StepReport& step);
/// The step's pictures with those of the line lit, and the algorithm at that line.
void showStep(const StepLook& look, int line, StepTiles* tiles, AlgorithmView* algorithm);
/// These lines of a solver, and the names of its pictures. @return whether they are others than before
bool showSolver(const SolverInfo& solver, const std::vector<IterationLine>& lines, StepTiles* tiles,
                AlgorithmView* algorithm);

}  // namespace p2l::ui
