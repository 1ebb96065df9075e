using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace BlazorAgents.Web.Tests;

/// <summary>Lets the older AngleSharp.Diffing that restores everywhere satisfy bUnit's reference to a newer one.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
#pragma warning disable CA2255 // a module initializer is the only hook that runs before bUnit is loaded
    internal static void Redirect() =>
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
#pragma warning restore CA2255
}
