<#
.SYNOPSIS
Locks this Windows machine's policies, power and keys for the kiosk, and gives back what was there before.
.DESCRIPTION
-Apply may be run again at any time. What was there before the first -Apply stands under HKLM\SOFTWARE\FacePayKiosk\Before,
where only administrators write. -Undo writes it back. Keys are blocked where Windows has the Keyboard Filter switched on
(Enterprise, Education, IoT Enterprise); elsewhere this says that they are not.
#>
[CmdletBinding(DefaultParameterSetName = 'Status')]
param(
    [Parameter(Mandatory, ParameterSetName = 'Apply')][switch]$Apply,
    [Parameter(Mandatory, ParameterSetName = 'Undo')][switch]$Undo,
    [Parameter(ParameterSetName = 'Status')][switch]$Status,
    [Parameter(ParameterSetName = 'Apply')][ValidateRange(0, 23)][int]$OpenFrom = 6,
    [Parameter(ParameterSetName = 'Apply')][ValidateRange(0, 23)][int]$OpenUntil = 23
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path -Path $PSScriptRoot -ChildPath 'Settings.ps1')
. (Join-Path -Path $PSScriptRoot -ChildPath 'Kinds.ps1')

$before = 'HKLM:\SOFTWARE\FacePayKiosk\Before'

function Read-Setting {
    param($Setting)
    switch ($Setting.Kind) {
        'Registry' { Read-RegistrySetting -Setting $Setting }
        'Power' { Read-PowerSetting -Setting $Setting }
        'Key' { Read-KeySetting -Setting $Setting }
    }
}

function Write-Setting {
    param($Setting, $State)
    switch ($Setting.Kind) {
        'Registry' { Write-RegistrySetting -Setting $Setting -State $State }
        'Power' { Write-PowerSetting -Setting $Setting -State $State }
        'Key' { Write-KeySetting -Setting $Setting -State $State }
    }
}

function Test-Setting {
    param($Setting)
    $state = Read-Setting -Setting $Setting
    if ($null -eq $state) { return $null -eq $Setting.Value }
    $state.Value -eq $Setting.Value -and $state.Type -eq $Setting.Type
}

function Get-Kept {
    param($Setting)
    if (-not (Test-Path -LiteralPath $before)) { return $null }
    (Get-Item -LiteralPath $before).GetValue($Setting.Name, $null)
}

function Invoke-Apply {
    param($Settings)
    if (-not (Test-Path -LiteralPath $before)) { New-Item -Path $before -Force | Out-Null }
    foreach ($setting in $Settings) {
        $now = Read-Setting -Setting $setting
        # This machine has no such button or no keyboard filter: nothing to set, and nothing to give back later.
        if ($null -eq $now -and $setting.Kind -ne 'Registry') { continue }
        if ($null -eq (Get-Kept -Setting $setting)) {
            $state = [pscustomobject]@{ State = $now } | ConvertTo-Json -Compress -Depth 4
            New-ItemProperty -LiteralPath $before -Name $setting.Name -PropertyType 'String' -Value $state | Out-Null
        }
        if (-not (Test-Setting -Setting $setting)) {
            Write-Setting -Setting $setting -State ([pscustomobject]@{ Type = $setting.Type; Value = $setting.Value })
        }
    }
}

function Invoke-Undo {
    param($Settings)
    foreach ($setting in $Settings) {
        $kept = Get-Kept -Setting $setting
        if ($null -eq $kept) { continue }
        Write-Setting -Setting $setting -State (ConvertFrom-Json -InputObject $kept).State
        Remove-ItemProperty -LiteralPath $before -Name $setting.Name
    }
    if (Test-Path -LiteralPath $before) { Remove-Item -LiteralPath $before }
}

function Get-Status {
    param($Settings)
    foreach ($setting in $Settings) {
        [pscustomobject]@{ Setting = $setting.Name; Holds = Test-Setting -Setting $setting }
    }
}

$administrator = [Security.Principal.WindowsBuiltInRole]::Administrator
$me = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $Status -and $PSCmdlet.ParameterSetName -ne 'Status' -and -not $me.IsInRole($administrator)) {
    throw 'Run this as an administrator.'
}
$settings = @(Get-KioskSetting -OpenFrom $OpenFrom -OpenUntil $OpenUntil)
if ($Apply) { Invoke-Apply -Settings $settings }
if ($Undo) { Invoke-Undo -Settings $settings }
Get-Status -Settings $settings
