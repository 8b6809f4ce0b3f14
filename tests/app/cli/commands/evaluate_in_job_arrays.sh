#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `p2l evaluate` as a Slurm job array, one task of which is killed, and under GNU parallel: both must give the same numbers.
# Not part of the default test run, because it starts Slurm's daemons; as root, after
# `apt-get install parallel slurm-wlm munge`:
#     tests/app/cli/commands/evaluate_in_job_arrays.sh P2L_PROGRAM PHOTO_FOLDER
set -euo pipefail
p2l=$(realpath "$1")
photos=$(realpath "$2")
work=$(mktemp -d)
export SLURM_CONF=$work/slurm.conf OMP_WAIT_POLICY=passive
cd "$work"

finish() {
  for daemon in slurmd slurmctld; do [[ -f $daemon.pid ]] && kill "$(cat $daemon.pid)"; done
  rm -rf "$work"
}
trap finish EXIT

# One node that is its own controller.
munge -n >munge.out 2>&1 || { install -d -o munge -g munge /run/munge && runuser -u munge -- /usr/sbin/munged; }
node=$(hostname -s)
cat >slurm.conf <<CONF
ClusterName=one
SlurmctldHost=$node
SlurmUser=root
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
ReturnToService=2
NodeName=$node CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
mkdir state spool
slurmctld -c
slurmd
for _ in $(seq 30); do sinfo -h 2>/dev/null | grep -q idle && break || sleep 1; done

runs=("$photos" --tasks "sr,inpaint" --solvers "p2l,ldps" --size 64 --steps 5)
cat >evaluate.sbatch <<'JOB'
#!/bin/sh
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
#SBATCH --output=%A_%a.log
exec "$@" --threads "$SLURM_CPUS_PER_TASK" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
JOB
wait_for_jobs() { while [[ -n $(squeue -h) ]]; do sleep 1; done; }

job=$(sbatch --parsable evaluate.sbatch "$p2l" evaluate "${runs[@]}" --out by-slurm)
until compgen -G 'by-slurm/runs/*/*/*.json' >found; do sleep 0.2; done
scancel --signal=KILL --full "${job}_1"
wait_for_jobs
echo "reports after one task of the array was killed: $(find by-slurm/runs -name '*.json' | wc -l)"
sbatch --parsable evaluate.sbatch "$p2l" evaluate "${runs[@]}" --out by-slurm >again
wait_for_jobs
"$p2l" evaluate --collect --quiet --out by-slurm

parallel --will-cite "$p2l" evaluate "${runs[@]}" --threads 1 --quiet --shard {}/4 --out by-parallel ::: 1 2 3 4
"$p2l" evaluate --collect --quiet --out by-parallel

# All columns but the time.
cmp <(cut -d, -f1-10,12- by-slurm/results.csv) <(cut -d, -f1-10,12- by-parallel/results.csv)
echo "the same numbers in $(($(wc -l <by-slurm/results.csv) - 1)) runs under Slurm and GNU parallel"
