using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ProviderTestConfiguration : IEntityTypeConfiguration<ProviderTest>
{
    public void Configure(EntityTypeBuilder<ProviderTest> builder)
    {
        builder.HasKey(t => t.ProviderId);
        builder.Property(t => t.ProviderId).HasMaxLength(40);
        builder.Property(t => t.SettingsMark).HasMaxLength(100);
    }
}
