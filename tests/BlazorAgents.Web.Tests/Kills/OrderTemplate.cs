using BlazorAgents.Data;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>A prepared database, copied for each kill.</summary>
public sealed class OrderTemplate : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kill-template-");

    public Task InitializeAsync() => OrderDesk.PrepareAsync(_folder.FullName);

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    internal void CopyTo(string folder)
    {
        foreach (var file in _folder.GetFiles($"{DataServiceCollectionExtensions.FileName}*"))
        {
            file.CopyTo(Path.Combine(folder, file.Name));
        }
    }
}
