<#
.SYNOPSIS
Makes this Windows machine a kiosk: its user, its sign-in, its shell, policies, power and keys. Gives back what was there before.
.DESCRIPTION
-Apply may be run again at any time, and ends with what is set and what is not possible here. What was there before the
first -Apply stands under HKLM\SOFTWARE\FacePayKiosk\Before, where only administrators write. -Undo writes it back, the
last setting first. Shell Launcher and the Keyboard Filter are in Enterprise, Education and IoT Enterprise: where -Apply
has switched them on, restart and run it once more.
Ends with 0: as wanted, as far as this edition can; 3: not locked; 4: in part; 3010: restart, then -Apply once more.
.PARAMETER Password
Of the kiosk's user, if there was one before. It goes into the system's own store of secrets, nowhere in the clear. A user
that -Apply makes gets a password that nobody knows, unless one is given.
#>
[CmdletBinding(DefaultParameterSetName = 'Status')]
param(
    [Parameter(Mandatory, ParameterSetName = 'Apply')][switch]$Apply,
    [Parameter(Mandatory, ParameterSetName = 'Undo')][switch]$Undo,
    [Parameter(ParameterSetName = 'Status')][switch]$Status,
    [Parameter(ParameterSetName = 'Apply')][ValidateRange(0, 23)][int]$OpenFrom = 6,
    [Parameter(ParameterSetName = 'Apply')][ValidateRange(0, 23)][int]$OpenUntil = 23,
    [Parameter(ParameterSetName = 'Apply')][securestring]$Password
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'Settings', 'Kinds', 'Native', 'Account', 'Start', 'Walk') {
    . (Join-Path -Path $PSScriptRoot -ChildPath "$part.ps1")
}

$administrator = [Security.Principal.WindowsBuiltInRole]::Administrator
$me = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $me.IsInRole($administrator)) { throw 'Run this as an administrator.' }

if (-not $Apply) {
    $OpenFrom = Get-Applied -Name 'OpenFrom' -Otherwise $OpenFrom
    $OpenUntil = Get-Applied -Name 'OpenUntil' -Otherwise $OpenUntil
}
$installed = Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '..\..\..')
$machine = @{
    OpenFrom      = $OpenFrom
    OpenUntil     = $OpenUntil
    User          = 'facepay'
    Program       = Join-Path -Path $installed.ProviderPath -ChildPath 'FacePay Kiosk.exe'
    ShellPossible = Test-ShellPossible
}
$settings = @(Get-KioskSetting @machine)
$failures = @{}
if ($Apply) {
    Set-KnownPassword -Password $Password
    Set-Applied -Name 'OpenFrom' -Value $OpenFrom
    Set-Applied -Name 'OpenUntil' -Value $OpenUntil
}
try {
    if ($Apply) { Invoke-Apply -Settings $settings -Failures $failures }
    if ($Undo) { Invoke-Undo -Settings $settings -Failures $failures }
    $report = @(Get-Report -Settings $settings -Failures $failures)
} finally {
    Close-KioskHive
}
if ($Undo) { $report = @($report | Where-Object { $failures.Contains($_.Setting) }) }
$report | Format-Table -AutoSize -Wrap | Out-String -Width 160 | Write-Output
if ($Apply) { Get-Advice | Write-Output }
exit (Get-ExitCode -Report $report)
