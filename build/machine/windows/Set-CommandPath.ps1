# Puts the folder of the terminal command on the PATH of the machine, or takes it away. Entries that name %variables% stay as
# they are: the usual way would write what they stand for today.
[CmdletBinding()]
param(
  [Parameter(Mandatory = $true)][string] $Folder,
  [switch] $Remove
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('SYSTEM\CurrentControlSet\Control\Session Manager\Environment', $true)
try {
  $path = [string] $key.GetValue('Path', '', [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
  $folders = @($path -split ';' | Where-Object { $_ -ne '' -and $_.TrimEnd('\') -ne $Folder.TrimEnd('\') })
  if (-not $Remove) { $folders += $Folder }
  $key.SetValue('Path', ($folders -join ';'), [Microsoft.Win32.RegistryValueKind]::ExpandString)
}
finally {
  $key.Dispose()
}
# Removing a variable that there is not tells the programs that are open to read the PATH again.
[Environment]::SetEnvironmentVariable('FACEPAY_NOTHING', $null, 'Machine')
