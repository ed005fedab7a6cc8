# Two things that PowerShell has no command for: a secret in the system's own store, and a profile before the first sign-in.
# https://learn.microsoft.com/windows/win32/secauthn/protecting-the-automatic-logon-password

Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
namespace FacePayKiosk {
  public static class Native {
    [StructLayout(LayoutKind.Sequential)] struct Characters { public ushort Bytes, BytesMax; public IntPtr Start; }
    [StructLayout(LayoutKind.Sequential)] struct Attributes { public int Size; public IntPtr Root, Name; public uint Flags; public IntPtr Descriptor, Quality; }
    [DllImport("advapi32.dll")] static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, uint access, out IntPtr policy);
    [DllImport("advapi32.dll")] static extern uint LsaStorePrivateData(IntPtr policy, ref Characters key, IntPtr data);
    [DllImport("advapi32.dll")] static extern uint LsaRetrievePrivateData(IntPtr policy, ref Characters key, out IntPtr data);
    [DllImport("advapi32.dll")] static extern uint LsaFreeMemory(IntPtr memory);
    [DllImport("advapi32.dll")] static extern uint LsaClose(IntPtr policy);
    [DllImport("advapi32.dll")] static extern int LsaNtStatusToWinError(uint status);
    [DllImport("userenv.dll", CharSet = CharSet.Unicode)] static extern int CreateProfile(string sid, string name, StringBuilder path, uint length);
    const uint GetPrivate = 0x4, CreateSecret = 0x20, NotFound = 0xC0000034;

    static Characters Of(IntPtr start, int length) {
      return new Characters { Start = start, Bytes = (ushort)(length * 2), BytesMax = (ushort)(length * 2) };
    }
    static uint With(string key, uint access, Func<IntPtr, Characters, uint> act) {
      var attributes = new Attributes { Size = Marshal.SizeOf(typeof(Attributes)) };
      IntPtr policy;
      uint status = LsaOpenPolicy(IntPtr.Zero, ref attributes, access, out policy);
      if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status));
      IntPtr name = Marshal.StringToHGlobalUni(key);
      try { status = act(policy, Of(name, key.Length)); } finally { Marshal.FreeHGlobal(name); LsaClose(policy); }
      if (status != 0 && status != NotFound) throw new Win32Exception(LsaNtStatusToWinError(status));
      return status;
    }
    public static bool HasSecret(string key) {
      return With(key, GetPrivate, (policy, name) => {
        IntPtr data;
        uint status = LsaRetrievePrivateData(policy, ref name, out data);
        if (status == 0) LsaFreeMemory(data);
        return status;
      }) == 0;
    }
    // A null text takes the secret away.
    public static void StoreSecret(string key, IntPtr text, int length) {
      With(key, CreateSecret, (policy, name) => {
        if (text == IntPtr.Zero) return LsaStorePrivateData(policy, ref name, IntPtr.Zero);
        IntPtr data = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(Characters)));
        try {
          Marshal.StructureToPtr(Of(text, length), data, false);
          return LsaStorePrivateData(policy, ref name, data);
        } finally { Marshal.FreeHGlobal(data); }
      });
    }
    public static void MakeProfile(string sid, string name) {
      Marshal.ThrowExceptionForHR(CreateProfile(sid, name, new StringBuilder(260), 260));
    }
  }
}
'@
